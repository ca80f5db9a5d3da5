"""The ledger of jobs; what a document's pages hide, its tables, its unjoined lines, its metadata."""

import sqlalchemy as sa
from alembic import op

revision = "0006_jobs"
down_revision = "0005_published_and_drafts"
branch_labels = None
depends_on = None

_COLUMNS = (
    ("documents", "remarks", sa.JSON, "[]"),
    ("documents", "metadata", sa.JSON, "{}"),
    ("pages", "name", sa.Text, ""),
    ("pages", "raw", sa.Text, ""),
    ("pages", "hidden", sa.Boolean, sa.false()),
)


def upgrade() -> None:
    """Make the tables, and the columns that older documents leave empty."""
    op.create_table(
        "jobs",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("action", sa.String(20), nullable=False),
        sa.Column("document_id", sa.String(200), nullable=False, index=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("is_upload", sa.Boolean, nullable=False),
        sa.Column("with_hidden", sa.Boolean, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("state", sa.String(20), nullable=False, index=True),
        sa.Column("progress", sa.Float, nullable=False),
        sa.Column("outcome", sa.String(20), nullable=True),
        sa.Column("pages", sa.Integer, nullable=True),
        sa.Column("sections", sa.Integer, nullable=True),
        sa.Column("tables", sa.Integer, nullable=True),
        sa.Column("characters", sa.Integer, nullable=True),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("wants_cancel", sa.Boolean, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.UniqueConstraint("id", name="uq_jobs_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "document_tables",
        sa.Column("document_id", sa.String(200), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("content", sa.JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name="fk_document_tables_document_id_documents",
            ondelete="CASCADE",
        ),
    )  # fmt: skip
    for table, name, kind, empty in _COLUMNS:
        op.add_column(table, sa.Column(name, kind, nullable=False, server_default=empty))


def downgrade() -> None:
    """Drop them; jobs, tables and metadata of documents are lost, their text stays."""
    # Not by copying the table: dropping the old one would take the rows that refer to it along.
    for table, name, _, _ in reversed(_COLUMNS):
        op.drop_column(table, name)
    op.drop_table("document_tables")
    op.drop_table("jobs")
