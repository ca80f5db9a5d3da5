"""Files that the answers of a diagnosis rest on."""

import sqlalchemy as sa
from alembic import op

revision = "0004_evidence"
down_revision = "0003_diagnoses"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "evidence_files",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("consultation_id", sa.String(64), nullable=False, index=True),
        sa.Column("item", sa.String(40), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("media_type", sa.String(120), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"],
            name="fk_evidence_files_consultation_id_consultations", ondelete="CASCADE",
        ),
    )  # fmt: skip


def downgrade() -> None:
    """Drop it; the files are lost."""
    op.drop_table("evidence_files")
