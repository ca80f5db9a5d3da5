"""Diagnoses of a consultation and the answers they rest on."""

import sqlalchemy as sa
from alembic import op

revision = "0003_diagnoses"
down_revision = "0002_shortlists"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "diagnoses",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("consultation_id", sa.String(64), nullable=False, index=True),
        sa.Column("instrument", sa.String(100), nullable=False),
        sa.Column("instrument_version", sa.String(40), nullable=False),
        sa.Column("is_full", sa.Boolean, nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result", sa.JSON, nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"],
            name="fk_diagnoses_consultation_id_consultations", ondelete="CASCADE",
        ),
    )  # fmt: skip
    op.create_table(
        "diagnosis_answers",
        sa.Column("diagnosis_id", sa.Integer, primary_key=True),
        sa.Column("item", sa.String(40), primary_key=True),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("value", sa.Integer, nullable=True),
        sa.Column("grade", sa.String(20), nullable=True),
        sa.Column("note", sa.Text, nullable=False, server_default=""),
        sa.Column("reason", sa.Text, nullable=False, server_default=""),
        sa.ForeignKeyConstraint(
            ["diagnosis_id"], ["diagnoses.id"],
            name="fk_diagnosis_answers_diagnosis_id_diagnoses", ondelete="CASCADE",
        ),
    )  # fmt: skip


def downgrade() -> None:
    """Drop them; diagnoses are lost."""
    op.drop_table("diagnosis_answers")
    op.drop_table("diagnoses")
