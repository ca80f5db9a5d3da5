"""The help desk's topics, the masked questions in them, and what staff noted."""

import sqlalchemy as sa
from alembic import op

revision = "0010_helpdesk"
down_revision = "0009_model_calls"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; the queue fills itself from the turns that are kept."""
    op.create_table(
        "desk_topics",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("state", sa.String(20), nullable=False, index=True),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("asked", sa.Integer, nullable=False),
        sa.Column("assignee", sa.String(64), nullable=True),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("sources", sa.JSON, nullable=False),
        sa.Column("record_id", sa.String(200), nullable=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "desk_questions",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column(
            "consultation_id",
            sa.String(64),
            sa.ForeignKey(
                "consultations.id",
                name="fk_desk_questions_consultation_id_consultations",
                ondelete="CASCADE",
            ),
            nullable=False,
        ),
        sa.Column("turn", sa.Integer, nullable=False),
        sa.Column(
            "topic_id",
            sa.Integer,
            sa.ForeignKey(
                "desk_topics.id", name="fk_desk_questions_topic_id_desk_topics", ondelete="CASCADE"
            ),
            nullable=True,
            index=True,
        ),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("records", sa.JSON, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("consultation_id", "turn", name="uq_desk_questions_consultation_id"),
    )
    op.create_table(
        "desk_notes",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column(
            "topic_id",
            sa.Integer,
            sa.ForeignKey(
                "desk_topics.id", name="fk_desk_notes_topic_id_desk_topics", ondelete="CASCADE"
            ),
            nullable=False,
            index=True,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("act", sa.String(20), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_table(
        "desk_vectors",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("model_id", sa.String(300), primary_key=True),
        sa.Column("vector", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    """Drop them; answers that became FAQs stay published."""
    for name in ("desk_vectors", "desk_notes", "desk_questions", "desk_topics"):
        op.drop_table(name)
