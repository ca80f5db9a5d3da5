"""Consultations that owners share, and consultations that an account or organisation holds."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Engine, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from advisor.clock import now
from advisor.stores.account_rows import HoldingRow, OrganisationRow, ShareRow
from advisor.stores.consultations import ConsultationRow
from advisor.stores.database import database_errors
from advisor.stores.upsert import put_new


@dataclass(frozen=True, slots=True)
class Share:
    """A share as kept. `consultation_id` opens the consultation: never send it to a recipient."""

    id: str
    consultation_id: str = field(repr=False)
    organisation_id: str | None
    organisation: str
    account_id: str | None
    recipient: str = field(repr=False)
    created_at: datetime = field(repr=False)
    code_expires_at: datetime = field(repr=False)
    redeemed_at: datetime | None
    revoked_at: datetime | None

    @property
    def is_live(self) -> bool:
        """Tell whether it lets somebody in now."""
        return self.redeemed_at is not None and self.revoked_at is None


@dataclass(frozen=True, slots=True)
class Holding:
    """Who a consultation belongs to."""

    organisation_id: str | None
    account_id: str | None


class ShareStore:
    """Keeps shares and holdings; safe to call from many threads."""

    def __init__(self, engine: Engine) -> None:
        """Keep them in the database behind `engine`, whose tables are up to date."""
        self._engine = engine

    def exists(self, consultation_id: str) -> bool:
        """Tell whether there is such a consultation."""
        with database_errors(self._engine), Session(self._engine) as session:
            return session.get(ConsultationRow, consultation_id) is not None

    def create(
        self, share_id: str, consultation_id: str, *, code_index: str, expires_at: datetime,
        recipient: str,
    ) -> None:  # fmt: skip
        """Keep a share that waits for its code."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            session.add(
                ShareRow(
                    id=share_id, consultation_id=consultation_id, code_index=code_index,
                    code_expires_at=expires_at, recipient=recipient or None, created_at=now(),
                )
            )  # fmt: skip

    def redeem(
        self, code_index: str, *, organisation_id: str, account_id: str, at: datetime
    ) -> Share | None:
        """Take a code once; None where it is unknown, used, revoked or too old."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            share_id = session.scalar(select(ShareRow.id).where(ShareRow.code_index == code_index))
            # One statement decides, so that two who type it at once are not both let in.
            done = session.execute(
                update(ShareRow)
                .where(
                    ShareRow.code_index == code_index, ShareRow.redeemed_at.is_(None),
                    ShareRow.revoked_at.is_(None), ShareRow.code_expires_at > at,
                )
                .values(
                    code_index=None, redeemed_at=at, organisation_id=organisation_id,
                    account_id=account_id,
                )
            )  # fmt: skip
            if not done.rowcount or share_id is None:  # type: ignore[attr-defined]  # a cursor
                return None
        return self.load(share_id)

    def revoke(self, consultation_id: str, share_id: str) -> bool:
        """Take a share back, used or not; False where the consultation has no such live one."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            done = session.execute(
                update(ShareRow)
                .where(
                    ShareRow.id == share_id, ShareRow.consultation_id == consultation_id,
                    ShareRow.revoked_at.is_(None),
                )
                .values(revoked_at=now(), code_index=None)
            )  # fmt: skip
            return bool(done.rowcount)  # type: ignore[attr-defined]  # a cursor result

    def load(self, share_id: str) -> Share | None:
        """Return a share, None where there is none."""
        return next(iter(self._shares(ShareRow.id == share_id)), None)

    def of_consultation(self, consultation_id: str) -> list[Share]:
        """Return the shares that were not taken back, oldest first; waiting ones too."""
        return self._shares(
            ShareRow.consultation_id == consultation_id, ShareRow.revoked_at.is_(None)
        )

    def of_organisation(self, organisation_id: str) -> list[Share]:
        """Return what owners share with an organisation now, oldest first."""
        found = self._shares(ShareRow.organisation_id == organisation_id)
        return [one for one in found if one.is_live]

    def holding(self, consultation_id: str) -> Holding | None:
        """Return who holds a consultation; None where it belongs to whoever knows its id."""
        with database_errors(self._engine), Session(self._engine) as session:
            row = session.get(HoldingRow, consultation_id)
            return Holding(row.organisation_id, row.account_id) if row else None

    def hold(
        self, consultation_id: str, *, organisation_id: str = "", account_id: str = ""
    ) -> bool:
        """Give a consultation to an organisation or account, once; False where it is taken."""
        values = {
            "consultation_id": consultation_id, "organisation_id": organisation_id or None,
            "account_id": account_id or None,
        }  # fmt: skip
        with database_errors(self._engine):
            try:
                with Session(self._engine) as session, session.begin():
                    return put_new(session, HoldingRow, values)
            except IntegrityError:  # there is no such consultation (any more)
                return False

    def _shares(self, *where: object) -> list[Share]:
        query = (
            select(ShareRow, OrganisationRow.name)
            .outerjoin(OrganisationRow, OrganisationRow.id == ShareRow.organisation_id)
            .where(*where)  # type: ignore[arg-type]  # column expressions
            .order_by(ShareRow.created_at, ShareRow.id)
        )
        with database_errors(self._engine), Session(self._engine) as session:
            return [
                Share(
                    id=row.id, consultation_id=row.consultation_id,
                    organisation_id=row.organisation_id, organisation=name or "",
                    account_id=row.account_id, recipient=row.recipient or "",
                    created_at=row.created_at, code_expires_at=row.code_expires_at,
                    redeemed_at=row.redeemed_at, revoked_at=row.revoked_at,
                )
                for row, name in session.execute(query)
            ]  # fmt: skip
