"""The keys of an installation, held against what its database was encrypted with."""

from sqlalchemy import Engine, Text, select, type_coerce

from advisor.config import Settings
from advisor.errors import HomeUnavailableError
from advisor.messages import UserMessage
from advisor.stores.database import database_errors
from advisor.stores.encryption import EncryptedText, Vault, has_keys
from advisor.stores.rotation import SEALED

KEYS_LOST = UserMessage(
    text="데이터베이스의 이름과 연락처를 여는 암호화 키가 없습니다.",
    next_step="백업해 둔 keys 파일을 ADVISOR_HOME에 되돌려 놓거나(권한 600) "
    "ADVISOR_ENCRYPTION_KEYS에 적은 뒤 다시 실행해 주세요.",
)
KEYS_DIFFER = UserMessage(
    text="지금 있는 암호화 키로는 이 데이터베이스의 이름과 연락처를 열 수 없습니다.",
    next_step="이 데이터베이스를 쓰던 서버의 keys 파일을 ADVISOR_HOME에 두거나 "
    "ADVISOR_ENCRYPTION_KEYS에 적은 뒤 다시 실행해 주세요.",
)


def vault_for(engine: Engine, settings: Settings) -> Vault:
    """Return the keys; they are made where nothing was encrypted yet.

    New keys over an old database would let nobody in and say nothing of why.

    Raises:
        HomeUnavailableError: They are lost, of another installation, or cannot be read.
    """
    sealed = _one_sealed(engine)
    if sealed and not has_keys(settings):
        raise HomeUnavailableError(KEYS_LOST, detail="no keys for an encrypted database")
    vault = Vault.open(settings)
    if sealed and not vault.opens(sealed):
        raise HomeUnavailableError(KEYS_DIFFER, detail="no key fits the database")
    return vault


def _one_sealed(engine: Engine) -> str:
    """Return an encrypted value as it stands in the database, "" where there is none."""
    with database_errors(engine), engine.connect() as connection:
        for model in SEALED:
            for column in model.metadata.tables[model.__tablename__].columns:
                if isinstance(column.type, EncryptedText):
                    query = select(type_coerce(column, Text)).where(column.is_not(None)).limit(1)
                    if found := connection.scalar(query):
                        return str(found)
    return ""
