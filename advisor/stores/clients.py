"""Consultants' clients in the SQL database; what is personal is encrypted."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Engine, Select, case, delete, or_, select, update
from sqlalchemy.orm import Session

from advisor.clock import now
from advisor.domain.clients import Client, Colleague
from advisor.stores.account_rows import AccountRow, MembershipRow, ShareRow
from advisor.stores.client_rows import ClientRow
from advisor.stores.consultations import ConsultationRow
from advisor.stores.database import database_errors

CONSULTANT = "consultant"
_BATCH = 400


class ClientStore:
    """Keeps clients; safe to call from many threads."""

    def __init__(self, engine: Engine) -> None:
        """Keep them in the database behind `engine`, which went through `with_vault`."""
        self.engine = engine

    def organisation_of(self, client_id: str) -> str | None:
        """Return whose client it is, None where there is no such."""
        with database_errors(self.engine), Session(self.engine) as session:
            return session.scalar(
                select(ClientRow.organisation_id).where(ClientRow.id == client_id)
            )

    def create(
        self, client_id: str, *, organisation_id: str, account_id: str, name: str,
        contact: str = "", consultation_id: str | None = None, share_id: str | None = None,
    ) -> None:  # fmt: skip
        """Keep a new client: by hand with its own consultation, or seen through a share."""
        moment = now()
        with database_errors(self.engine), Session(self.engine) as session, session.begin():
            session.add(
                ClientRow(
                    id=client_id, organisation_id=organisation_id, account_id=account_id,
                    origin="share" if share_id else "hand", name=name, contact=contact or None,
                    consultation_id=consultation_id, share_id=share_id, created_at=moment,
                    updated_at=moment,
                )
            )  # fmt: skip

    def load(self, client_id: str) -> Client | None:
        """Return a client with its contact, None where there is none."""
        query = _clients().add_columns(ClientRow.contact).where(ClientRow.id == client_id)
        with database_errors(self.engine), Session(self.engine) as session:
            row = session.execute(query).one_or_none()
            return None if row is None else _client(row, row.contact or "")

    def of_organisation(self, organisation_id: str) -> list[Client]:
        """Return an organisation's clients without their contacts, in one query."""
        query = _clients().where(ClientRow.organisation_id == organisation_id)
        with database_errors(self.engine), Session(self.engine) as session:
            return [_client(row, "") for row in session.execute(query)]

    def of_share(self, share_id: str) -> str | None:
        """Return the id of the client that is seen through a share, None where there is none."""
        with database_errors(self.engine), Session(self.engine) as session:
            return session.scalar(select(ClientRow.id).where(ClientRow.share_id == share_id))

    def change(self, client_id: str, **values: Any) -> None:
        """Keep other values of a client's columns; somebody is at it, so the retention goes on.

        An owner's own consultation is left alone: what a consultant does with it keeps it no
        longer than its owner was told.
        """
        moment = now()
        own = select(ClientRow.consultation_id).where(ClientRow.id == client_id)
        with database_errors(self.engine), Session(self.engine) as session, session.begin():
            session.execute(
                update(ClientRow)
                .where(ClientRow.id == client_id)
                .values(**values, updated_at=moment)
            )
            session.execute(
                update(ConsultationRow)
                .where(ConsultationRow.id == own.scalar_subquery())
                .values(updated_at=moment)
            )

    def delete(self, client_id: str) -> bool:
        """Delete a client with its notes, entries and diagnoses; False where there is none."""
        with database_errors(self.engine), Session(self.engine) as session, session.begin():
            done = session.execute(delete(ClientRow).where(ClientRow.id == client_id))
            return bool(done.rowcount)  # type: ignore[attr-defined]  # a cursor result

    def purge(self, before: datetime) -> int:
        """Delete clients that nobody worked on since `before`; return how many.

        Notes, entries and diagnoses go along, and of a client made by hand its own consultation
        with the files. What an owner shares stays the owner's.
        """
        talked = select(ConsultationRow.id).where(ConsultationRow.updated_at >= before)
        stale = (ClientRow.updated_at < before) & or_(
            ClientRow.consultation_id.is_(None), ClientRow.consultation_id.not_in(talked)
        )
        own = select(ClientRow.consultation_id).where(stale, ClientRow.origin == "hand")
        with database_errors(self.engine), Session(self.engine) as session, session.begin():
            # Before its client: that one only forgets which it was.
            ids = list(session.scalars(select(ClientRow.id).where(stale).with_for_update()))
            session.execute(
                delete(ConsultationRow).where(ConsultationRow.id.in_(own)),
                execution_options={"synchronize_session": False},
            )
            for start in range(0, len(ids), _BATCH):
                part = ids[start : start + _BATCH]
                session.execute(delete(ClientRow).where(ClientRow.id.in_(part)))
        return len(ids)

    def colleagues(self, organisation_id: str) -> dict[str, Colleague]:
        """Return the people of an organisation by account id, in one query."""
        query = (
            select(AccountRow.id, AccountRow.name, AccountRow.is_disabled, MembershipRow.role)
            .join(MembershipRow, MembershipRow.account_id == AccountRow.id)
            .where(MembershipRow.organisation_id == organisation_id)
            .order_by(AccountRow.created_at, AccountRow.id)
        )
        found: dict[str, Colleague] = {}
        with database_errors(self.engine), Session(self.engine) as session:
            for account_id, name, is_disabled, role in session.execute(query):
                can = role == CONSULTANT and not is_disabled
                before = found.get(account_id)
                can = can or (before is not None and before.is_consultant)
                found[account_id] = Colleague(account_id, name, can)
        return found


# An owner's consultation is reached through a live share alone, looked up with the client itself.
_SEEN: ColumnElement[str | None] = case(
    (ClientRow.origin == "hand", ClientRow.consultation_id),
    (
        ShareRow.redeemed_at.is_not(None)
        & ShareRow.revoked_at.is_(None)
        & (ShareRow.organisation_id == ClientRow.organisation_id),
        ShareRow.consultation_id,
    ),
    else_=None,
)


def seen_consultations(organisation_id: str) -> Select[str | None]:
    """Return the query of the consultations that an organisation's clients are seen by."""
    return (
        select(_SEEN.label("consultation_id"))
        .outerjoin(ShareRow, ShareRow.id == ClientRow.share_id)
        .where(ClientRow.organisation_id == organisation_id)
    )


def _clients() -> Select[*tuple[Any, ...]]:
    return select(
        ClientRow.id, ClientRow.organisation_id, ClientRow.account_id, ClientRow.origin,
        ClientRow.name, ClientRow.next_step, ClientRow.next_on, ClientRow.visit_on,
        ClientRow.plan_for, ClientRow.plan_cost_krw, ClientRow.planned_at, ClientRow.share_id,
        ClientRow.handed_over_at, ClientRow.handed_over_by, ClientRow.created_at,
        ClientRow.updated_at, _SEEN.label("seen"),
    ).outerjoin(ShareRow, ShareRow.id == ClientRow.share_id)  # fmt: skip


def _client(row: Any, contact: str) -> Client:
    return Client(
        id=row.id, organisation_id=row.organisation_id, account_id=row.account_id,
        origin=row.origin, name=row.name, contact=contact, next_step=row.next_step or "",
        next_on=row.next_on, visit_on=row.visit_on, plan_for=row.plan_for,
        plan_cost_krw=row.plan_cost_krw, planned_at=row.planned_at, consultation_id=row.seen,
        share_id=row.share_id, handed_over_at=row.handed_over_at,
        handed_over_by=row.handed_over_by, created_at=row.created_at,
        updated_at=cast("datetime", row.updated_at),
    )  # fmt: skip
