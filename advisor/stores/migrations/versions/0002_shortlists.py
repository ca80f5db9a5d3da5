"""Shortlists, alerts, and where they are mailed to."""

import sqlalchemy as sa
from alembic import op

revision = "0002_shortlists"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "shortlist_items",
        sa.Column("owner", sa.String(64), primary_key=True),
        sa.Column("record_id", sa.String(200), primary_key=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "alerts",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("owner", sa.String(64), nullable=False, index=True),
        sa.Column("record_id", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_read", sa.Boolean, nullable=False),
        sa.Column("is_mailed", sa.Boolean, nullable=False),
        sa.UniqueConstraint("owner", "record_id", "kind", "day", name="uq_alerts_owner"),
    )
    op.create_table(
        "alert_addresses",
        sa.Column("owner", sa.String(64), primary_key=True),
        sa.Column("address", sa.String(320), nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("alert_addresses", "alerts", "shortlist_items"):
        op.drop_table(table)
