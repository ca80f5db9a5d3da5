"""Runs the migrations on the connection that `advisor.stores.database.migrate` hands over."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    # SQLite cannot alter most things in place; batches copy the table instead.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
