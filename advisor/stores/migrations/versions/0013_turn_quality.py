"""What the local checks found in each live turn."""

import sqlalchemy as sa
from alembic import op

revision = "0013_turn_quality"
down_revision = "0012_api_keys"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; it goes with its consultation."""
    op.create_table(
        "turn_quality",
        sa.Column(
            "consultation_id",
            sa.String(64),
            sa.ForeignKey("consultations.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("turn_id", sa.String(32), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("checks", sa.JSON, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_turn_quality_created_at", "turn_quality", ["created_at"])


def downgrade() -> None:
    """Drop it; the checks run anew on new turns."""
    op.drop_index("ix_turn_quality_created_at", "turn_quality")
    op.drop_table("turn_quality")
