"""Every encrypted value written anew with the newest key, so that the old ones can go."""

from sqlalchemy import Engine, bindparam, select, update

from advisor.stores.account_rows import AccountRow, CodeRow, ShareRow
from advisor.stores.client_rows import ClientEntryRow, ClientNoteRow, ClientRow
from advisor.stores.database import Base, database_errors
from advisor.stores.encryption import EncryptedText
from advisor.stores.shortlists import AlertAddressRow

SEALED: tuple[type[Base], ...] = (
    AccountRow, AlertAddressRow, ClientEntryRow, ClientNoteRow, ClientRow, CodeRow, ShareRow,
)  # fmt: skip


def encrypt_anew(engine: Engine) -> int:
    """Write the encrypted columns of all tables anew, all or none; return how many rows."""
    count = 0
    with database_errors(engine), engine.begin() as connection:
        for model in SEALED:
            table = model.metadata.tables[model.__tablename__]
            key = list(table.primary_key.columns)
            sealed = [one for one in table.columns if isinstance(one.type, EncryptedText)]
            rows = connection.execute(select(*key, *sealed).with_for_update()).all()
            if rows:
                is_same = (one == bindparam(f"key_{one.name}") for one in key)
                names = [*(f"key_{one.name}" for one in key), *(one.name for one in sealed)]
                connection.execute(
                    update(table).where(*is_same),
                    [dict(zip(names, row, strict=True)) for row in rows],
                )
            count += len(rows)
    return count
