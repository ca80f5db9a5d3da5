"""Consultants' client companies, their notes, entries and kept diagnoses."""

import sqlalchemy as sa
from alembic import op

revision = "0011_clients"
down_revision = "0010_helpdesk"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "clients",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("organisation_id", sa.String(40), nullable=False, index=True),
        sa.Column("account_id", sa.String(40), nullable=False),
        sa.Column("origin", sa.String(10), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("contact", sa.Text, nullable=True),
        sa.Column("next_step", sa.Text, nullable=True),
        sa.Column("next_on", sa.Date, nullable=True),
        sa.Column("visit_on", sa.Date, nullable=True),
        sa.Column("plan_for", sa.String(200), nullable=True),
        sa.Column("plan_cost_krw", sa.BigInteger, nullable=True),
        sa.Column("planned_at", _MOMENT, nullable=True),
        sa.Column("consultation_id", sa.String(64), nullable=True, index=True),
        sa.Column("share_id", sa.String(40), nullable=True, index=True),
        sa.Column("handed_over_at", _MOMENT, nullable=True),
        sa.Column("handed_over_by", sa.String(40), nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("updated_at", _MOMENT, nullable=False),
        _belongs("clients", "organisation_id", "organisations", "CASCADE"),
        _belongs("clients", "consultation_id", "consultations", "SET NULL"),
        _belongs("clients", "share_id", "shares", "SET NULL"),
    )
    op.create_table(
        "client_notes",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("client_id", sa.String(40), nullable=False, index=True),
        sa.Column("account_id", sa.String(40), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        _belongs("client_notes", "client_id", "clients", "CASCADE"),
    )
    op.create_table(
        "client_entries",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("client_id", sa.String(40), nullable=False, index=True),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("key", sa.String(100), nullable=False),
        sa.Column("value", sa.JSON, nullable=True),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("account_id", sa.String(40), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        _belongs("client_entries", "client_id", "clients", "CASCADE"),
    )
    op.create_table(
        "client_diagnoses",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("client_id", sa.String(40), nullable=False, index=True),
        sa.Column("account_id", sa.String(40), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("result", sa.JSON, nullable=False),
        _belongs("client_diagnoses", "client_id", "clients", "CASCADE"),
    )


def downgrade() -> None:
    """Drop them; clients with all that was written of them are lost."""
    for name in ("client_diagnoses", "client_entries", "client_notes", "clients"):
        op.drop_table(name)


def _belongs(table: str, column: str, to: str, at_end: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{to}.id"], name=f"fk_{table}_{column}_{to}", ondelete=at_end
    )
