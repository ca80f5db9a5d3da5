"""What each turn asked of language models, and how many tokens a day has used."""

import sqlalchemy as sa
from alembic import op

revision = "0009_model_calls"
down_revision = "0008_sync"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column and the table; earlier turns asked no model."""
    with op.batch_alter_table("turns") as turns:
        turns.add_column(sa.Column("trace", sa.JSON, nullable=True))
    op.create_table(
        "model_usage",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("tokens", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    """Drop them; the traces are lost."""
    op.drop_table("model_usage")
    with op.batch_alter_table("turns") as turns:
        turns.drop_column("trace")
