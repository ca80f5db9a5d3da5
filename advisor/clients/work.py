"""What consultants do with clients: make, note, override, plan, hand over, delete. All audited.

Whether the asker may is asked before, at the gate.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from advisor.accounts.actor import Actor
from advisor.accounts.policy import Kind
from advisor.accounts.tokens import new_id
from advisor.clients import sentences
from advisor.clients.company import standing
from advisor.clients.desk import ClientDesk
from advisor.clock import now
from advisor.diagnosis.answers import check_answers
from advisor.domain.clients import Entry, EntryKind
from advisor.domain.diagnoses import KeptFile
from advisor.errors import BadInputError
from advisor.intake.form import read_values
from advisor.intake.screen import mask

NAME_CHARS, TEXT_CHARS, REASON_CHARS = 120, 4_000, 1_000


@dataclass(frozen=True)
class ClientWork:
    """Changes clients, in the name of whoever asks."""

    desk: ClientDesk

    def create(self, actor: Actor, *, name: str, contact: str = "") -> str:
        """Make a client by hand, with a consultation that the organisation holds; return its id.

        Raises:
            BadInputError: The name is empty.
        """
        name, client_id = _name(name), new_id()
        own = self.desk.advisor.new_consultation()
        self.desk.office.sharing.claim(own, organisation_id=actor.organisation_id)
        self.desk.store.create(
            client_id, organisation_id=actor.organisation_id, account_id=actor.account_id,
            name=name, contact=contact.strip()[:NAME_CHARS], consultation_id=own,
        )  # fmt: skip
        self._record(actor, "create", client_id, origin="hand")
        return client_id

    def create_from_code(
        self, actor: Actor, *, code: str, name: str, contact: str = "", address: str
    ) -> str:
        """Make a client of what an owner shares by a code; return its id.

        Raises:
            BadInputError: The name is empty; the code is not used up then.
            SignInError: The code is wrong, used, revoked or too old.
            WaitError: Too many wrong codes.
        """
        name, client_id = _name(name), new_id()
        share = self.desk.office.sharing.redeem(actor, code, address=address)
        self.desk.store.create(
            client_id, organisation_id=actor.organisation_id, account_id=actor.account_id,
            name=name, contact=contact.strip()[:NAME_CHARS], share_id=share.id,
        )  # fmt: skip
        self._record(actor, "create", client_id, origin="share")
        return client_id

    def renew_share(self, actor: Actor, client_id: str, *, code: str, address: str) -> None:
        """See a client through a new code after its owner ended the old share.

        Raises:
            BadInputError: The client was made by hand.
            SignInError: As in `create_from_code`; so is WaitError.
        """
        client = self.desk.client(client_id)
        if client.origin != "share":
            raise BadInputError(sentences.NO_CODE_FOR_OWN)
        share = self.desk.office.sharing.redeem(actor, code, address=address)
        self.desk.store.change(client_id, share_id=share.id)

    def change(self, client_id: str, values: Mapping[str, Any]) -> None:
        """Keep name, contact, next step with its day, or the day of the visit.

        Raises:
            BadInputError: The name is empty.
        """
        kept: dict[str, Any] = {}
        if "name" in values:
            kept["name"] = _name(values["name"])
        if "contact" in values:
            kept["contact"] = values["contact"].strip()[:NAME_CHARS] or None
        if "next_step" in values:
            kept["next_step"] = mask(values["next_step"])[0].strip()[:300] or None
        for name in ("next_on", "visit_on"):
            if name in values:
                day: date | None = values[name]
                kept[name] = day
        self.desk.client(client_id)
        self.desk.store.change(client_id, **kept)

    def plan(self, client_id: str, solution_id: str, cost_krw: int | None) -> None:
        """Keep for what the plan is made; an empty solution takes the plan back.

        Raises:
            BadInputError: There is no such solution.
        """
        if solution_id and solution_id not in self.desk.advisor.corpus.solutions:
            raise BadInputError(sentences.NO_SUCH_SOLUTION)
        self.desk.client(client_id)
        self.desk.store.change(
            client_id, plan_for=solution_id or None,
            plan_cost_krw=cost_krw if solution_id else None,
            planned_at=now() if solution_id else None,
        )  # fmt: skip

    def note(self, actor: Actor, client_id: str, text: str) -> None:
        """Keep a note in the asker's name; raises BadInputError where it is empty."""
        text = mask(text)[0].strip()[:TEXT_CHARS]
        if not text:
            raise BadInputError(sentences.EMPTY_NOTE)
        self.desk.client(client_id)
        self.desk.papers.add_note(client_id, new_id(), account_id=actor.account_id, text=text)
        self.desk.store.change(client_id)

    def delete_note(self, actor: Actor, client_id: str, note_id: str) -> bool:
        """Delete a note of the asker's own; False where there is no such."""
        return self.desk.papers.delete_note(client_id, note_id, account_id=actor.account_id)

    def enter_fact(
        self, actor: Actor, client_id: str, field: str, value: object, *, reason: str = ""
    ) -> None:
        """Keep a fact as the consultant sees it; None takes the entry back.

        Raises:
            BadInputError: The value is none of the field, or differs from the company's own word
                without a reason. Nothing is kept then.
        """
        file = self.desk.file(client_id)
        plain: object = None
        if value is not None:
            fields = self.desk.advisor.corpus.vocabulary.profile_fields
            facts = read_values({field: value}, fields)
            if field not in facts:
                return
            read = facts[field].value
            plain = list(read) if isinstance(read, tuple) else read
            if field in file.said and file.said.get(field) != read and not reason.strip():
                raise BadInputError(sentences.NEEDS_REASON)
        elif field not in standing(file.entries, "fact"):
            return
        self._enter(actor, client_id, "fact", field, plain, reason)

    def enter_answer(
        self, actor: Actor, client_id: str, item: str, row: Mapping[str, object] | None, *,
        reason: str = "",
    ) -> None:  # fmt: skip
        """Keep an answer as the consultant sees it; None takes the entry back.

        Args:
            actor: Who says so.
            client_id: Of whom.
            item: Item id.
            row: `{status, value, grade}` as in an answers file.
            reason: Needed where it differs from the company's own answer.

        Raises:
            BadInputError: No such item, no such level, or a reason is missing.
        """
        file = self.desk.file(client_id)
        if item not in file.instrument.item_by_id:
            raise BadInputError(sentences.NO_SUCH_ITEM)
        value: dict[str, object] | None = None
        if row is not None:
            (answer,) = check_answers([{"item": item, **row}], file.instrument, "답")
            value = {"status": answer.status.value, "value": answer.value, "grade": answer.grade}
            own = {one.answer.item: one.answer for one in file.own_answers}.get(item)
            differs = own is not None and (own.status, own.value) != (answer.status, answer.value)
            if differs and not reason.strip():
                raise BadInputError(sentences.NEEDS_REASON)
        elif item not in standing(file.entries, "item"):
            return
        self._enter(actor, client_id, "item", item, value, reason)

    def keep_diagnosis(self, actor: Actor, client_id: str) -> None:
        """Keep the diagnosis as it stands on the client's time line.

        Raises:
            BadInputError: There is no answer yet.
        """
        result = self.desk.file(client_id).result
        if result is None:
            raise BadInputError(sentences.NOT_DIAGNOSED)
        self.desk.papers.add_assessment(client_id, account_id=actor.account_id, result=result)
        self.desk.store.change(client_id)

    def attach(
        self, client_id: str, item: str, name: str, parts: Iterable[bytes]
    ) -> KeptFile:  # fmt: skip
        """Keep an evidence file of a client made by hand.

        Raises:
            BadInputError: The consultation is an owner's, or the file is none that is taken.
        """
        client = self.desk.client(client_id)
        if client.origin != "hand" or client.consultation_id is None:
            raise BadInputError(sentences.ONLY_OWN_FILES)
        kept, _ = self.desk.advisor.desk.attach(client.consultation_id, item, name, parts)
        return kept

    def hand_over(self, actor: Actor, client_id: str, account_id: str, *, note: str = "") -> None:
        """Give a client to another consultant of the organisation.

        Raises:
            BadInputError: There is no such consultant, or it is theirs already.
        """
        client = self.desk.client(client_id)
        found = self.desk.store.colleagues(client.organisation_id).get(account_id)
        if found is None or not found.is_consultant or account_id == client.account_id:
            raise BadInputError(sentences.NO_COLLEAGUE)
        if note.strip() and actor.account_id:
            self.note(actor, client_id, note)
        self.desk.store.change(
            client_id, account_id=account_id, handed_over_at=now(), handed_over_by=actor.id
        )
        self._record(actor, "hand_over", client_id, to=account_id)

    def take_over(self, actor: Actor, client_id: str) -> None:
        """Take on a client that was handed over; nothing happens where none was."""
        client = self.desk.client(client_id)
        if client.handed_over_at is not None:
            self.desk.store.change(
                client_id, account_id=actor.account_id, handed_over_at=None, handed_over_by=None
            )
            self._record(actor, "take_over", client_id)

    def delete(self, client_id: str) -> bool:
        """Delete a client: its own consultation too, of an owner's only the sight of it."""
        client = self.desk.client(client_id)
        gone = self.desk.store.delete(client_id)
        own = client.consultation_id
        if own and client.origin == "hand":
            self.desk.advisor.delete_consultation(own)
        elif own and client.share_id:
            self.desk.office.sharing.revoke(own, client.share_id)
        return gone

    def _enter(
        self, actor: Actor, client_id: str, kind: EntryKind, key: str, value: object, reason: str
    ) -> None:
        words = mask(reason)[0].strip()[:REASON_CHARS]
        self.desk.papers.add_entry(
            client_id, Entry(kind, key, value, words, account_id=actor.account_id)
        )
        self.desk.store.change(client_id)
        # The key is a word of ours; value and reason are the company's.
        done = "override" if value is not None else "take_back"
        self._record(actor, done, client_id, what=kind, key=key)

    def _record(self, actor: Actor, action: str, client_id: str, **details: str) -> None:
        self.desk.office.audit.record(actor, action, Kind.CLIENT, client_id, **details)


def _name(name: str) -> str:
    plain = " ".join(name.split())[:NAME_CHARS]
    if not plain:
        raise BadInputError(sentences.NEEDS_NAME)
    return plain
