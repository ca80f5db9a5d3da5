"""Notices of public sources as last seen, runs over them, calls of a day, checked links."""

import sqlalchemy as sa
from alembic import op

revision = "0008_sync"
down_revision = "0007_accounts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "sync_notices",
        sa.Column("source", sa.String(60), primary_key=True),
        sa.Column("key", sa.String(250), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("data", sa.JSON, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("record_id", sa.String(200), nullable=True),
        sa.Column("draft_id", sa.Integer, nullable=True),
        sa.Column("files", sa.JSON, nullable=False),
        sa.Column("run_id", sa.Integer, nullable=False, index=True),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "sync_runs",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("source", sa.String(60), nullable=False, index=True),
        sa.Column("since", sa.Date, nullable=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("next_page", sa.Integer, nullable=False),
        sa.Column("counts", sa.JSON, nullable=False),
        sa.Column("problem", sa.Text, nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
    )
    op.create_table(
        "sync_calls",
        sa.Column("service", sa.String(60), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("calls", sa.Integer, nullable=False),
    )
    op.create_table(
        "sync_validators",
        sa.Column("name", sa.String(120), primary_key=True),
        sa.Column("etag", sa.Text, nullable=False),
        sa.Column("last_modified", sa.Text, nullable=False),
    )
    op.create_table(
        "link_checks",
        sa.Column("url", sa.String(2000), primary_key=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("status", sa.Integer, nullable=True),
        sa.Column("target", sa.Text, nullable=True),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("bad_since", sa.DateTime(timezone=True), nullable=True),
    )


def downgrade() -> None:
    """Drop them; the next run meets every notice as a new one."""
    for name in ("link_checks", "sync_validators", "sync_calls", "sync_runs", "sync_notices"):
        op.drop_table(name)
