"""Keys of organisations, buckets of rate limits, people of messengers."""

import sqlalchemy as sa
from alembic import op

revision = "0012_api_keys"
down_revision = "0011_clients"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the three tables."""
    op.create_table(
        "api_keys",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column(
            "organisation_id",
            sa.String(40),
            sa.ForeignKey("organisations.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("prefix", sa.String(20), nullable=False),
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("scopes", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True)),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
        sa.Column("last_used_on", sa.Date),
        sa.UniqueConstraint("key_hash", name="uq_api_keys_key_hash"),
    )
    op.create_index("ix_api_keys_organisation_id", "api_keys", ["organisation_id"])
    op.create_table(
        "rate_buckets",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("due", sa.Double, nullable=False),
    )
    op.create_index("ix_rate_buckets_due", "rate_buckets", ["due"])
    op.create_table(
        "channel_users",
        sa.Column("channel", sa.String(20), primary_key=True),
        sa.Column("user_index", sa.String(64), primary_key=True),
        sa.Column(
            "consultation_id",
            sa.String(64),
            sa.ForeignKey("consultations.id", ondelete="CASCADE"),
            nullable=False,
        ),
    )
    op.create_index("ix_channel_users_consultation_id", "channel_users", ["consultation_id"])


def downgrade() -> None:
    """Drop them; keys stop working."""
    op.drop_table("channel_users")
    op.drop_table("rate_buckets")
    op.drop_table("api_keys")
