"""Organisations, accounts, sessions, codes, shares; the audit log; switches."""

import sqlalchemy as sa
from alembic import op

revision = "0007_accounts"
down_revision = "0006_jobs"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables, and keep the audit log from being changed by a statement."""
    op.create_table(
        "organisations",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("is_operator", sa.Boolean, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
    )
    op.create_table(
        "accounts",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("login_index", sa.String(64), nullable=False),
        sa.Column("login", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("email", sa.Text, nullable=True),
        sa.Column("phone", sa.Text, nullable=True),
        sa.Column("password_hash", sa.Text, nullable=True),
        sa.Column("must_change_password", sa.Boolean, nullable=False),
        sa.Column("is_disabled", sa.Boolean, nullable=False),
        sa.Column("outside_index", sa.String(64), nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.UniqueConstraint("login_index", name="uq_accounts_login_index"),
        sa.UniqueConstraint("outside_index", name="uq_accounts_outside_index"),
    )
    op.create_table(
        "memberships",
        sa.Column("account_id", sa.String(40), primary_key=True),
        sa.Column("organisation_id", sa.String(40), primary_key=True),
        sa.Column("role", sa.String(20), primary_key=True),
        _belongs("memberships", "account_id", "accounts"),
        _belongs("memberships", "organisation_id", "organisations"),
    )
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("account_id", sa.String(40), nullable=False, index=True),
        sa.Column("organisation_id", sa.String(40), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("seen_at", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        _belongs("sessions", "account_id", "accounts"),
        _belongs("sessions", "organisation_id", "organisations"),
    )
    op.create_table(
        "one_time_codes",
        sa.Column("purpose", sa.String(20), primary_key=True),
        sa.Column("subject", sa.String(64), primary_key=True),
        sa.Column("code_index", sa.String(64), nullable=False),
        sa.Column("payload", sa.Text, nullable=True),
        sa.Column("expires_at", _MOMENT, nullable=False),
    )
    op.create_table(
        "attempts",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("last_at", _MOMENT, nullable=False, index=True),
        sa.Column("wait_until", _MOMENT, nullable=True),
    )
    op.create_table(
        "consultation_holdings",
        sa.Column("consultation_id", sa.String(64), primary_key=True),
        sa.Column("organisation_id", sa.String(40), nullable=True, index=True),
        sa.Column("account_id", sa.String(40), nullable=True, index=True),
        _belongs("consultation_holdings", "consultation_id", "consultations"),
    )
    op.create_table(
        "shares",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("consultation_id", sa.String(64), nullable=False, index=True),
        sa.Column("code_index", sa.String(64), nullable=True),
        sa.Column("code_expires_at", _MOMENT, nullable=False),
        sa.Column("recipient", sa.Text, nullable=True),
        sa.Column("organisation_id", sa.String(40), nullable=True, index=True),
        sa.Column("account_id", sa.String(40), nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("redeemed_at", _MOMENT, nullable=True),
        sa.Column("revoked_at", _MOMENT, nullable=True),
        _belongs("shares", "consultation_id", "consultations"),
        sa.UniqueConstraint("code_index", name="uq_shares_code_index"),
    )
    op.create_table(
        "switches",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("is_on", sa.Boolean, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("actor", sa.String(64), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
    )
    op.create_table(
        "audit_log",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("actor", sa.String(64), nullable=False),
        sa.Column("action", sa.String(60), nullable=False),
        sa.Column("object", sa.Text, nullable=False),
        sa.Column("details", sa.JSON, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    head = op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("seal", sa.String(64), nullable=False),
    )
    op.bulk_insert(head, [{"id": 1, "number": 0, "hash": "0" * 64, "seal": ""}])
    for statement in _guards():
        op.execute(statement)


def downgrade() -> None:
    """Drop them; people, shares and the audit log are lost."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER audit_log_kept ON audit_log")
        op.execute("DROP FUNCTION audit_log_kept()")
    for name in (
        "audit_head", "audit_log", "switches", "shares", "consultation_holdings", "attempts",
        "one_time_codes", "sessions", "memberships", "accounts", "organisations",
    ):  # fmt: skip
        op.drop_table(name)


def _belongs(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{to}.id"], name=f"fk_{table}_{column}_{to}", ondelete="CASCADE"
    )


def _guards() -> list[str]:
    """Return statements after which the log takes new lines only."""
    name = op.get_bind().dialect.name
    if name == "sqlite":
        return [
            f"CREATE TRIGGER audit_log_no_{verb} BEFORE {verb.upper()} ON audit_log "
            "BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END"
            for verb in ("update", "delete")
        ]
    if name == "postgresql":
        return [
            "CREATE FUNCTION audit_log_kept() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the audit log is only added to'; END $$",
            "CREATE TRIGGER audit_log_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_log_kept()",
        ]
    return []
