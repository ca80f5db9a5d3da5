"""Addresses for alerts encrypted; moments of shortlists in UTC on SQLite, as everywhere else.

No door of the product ever took an address, and a migration has no keys: what stands there goes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014_sealed_addresses"
down_revision = "0013_turn_quality"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room for encrypted addresses; take nine hours off what SQLite kept as time in Seoul."""
    op.execute("DELETE FROM alert_addresses")
    with op.batch_alter_table("alert_addresses") as table:
        table.alter_column("address", existing_type=sa.String(320), type_=sa.Text())
    _shift("-9 hours")


def downgrade() -> None:
    """Go back to readable addresses, of which there are none."""
    op.execute("DELETE FROM alert_addresses")
    with op.batch_alter_table("alert_addresses") as table:
        table.alter_column("address", existing_type=sa.Text(), type_=sa.String(320))
    _shift("+9 hours")


def _shift(by: str) -> None:
    if op.get_bind().dialect.name != "sqlite":  # PostgreSQL kept the zone
        return
    for table, column in (("shortlist_items", "added_at"), ("alerts", "at")):
        # SQLite's own function forgets what is below a millisecond.
        op.execute(
            f"UPDATE {table} SET \"{column}\" = strftime('%Y-%m-%d %H:%M:%S', \"{column}\", '{by}') "
            f'|| substr("{column}", 20)'
        )
