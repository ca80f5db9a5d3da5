"""What checks found in live turns: listed by kind, gone with the consultation."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from advisor.clock import now
from advisor.config import Settings
from advisor.domain.profile import Profile
from advisor.stores.consultations import ConsultationStore
from advisor.stores.quality import QualityKind, QualityStore

YESTERDAY = timedelta(days=1)


@pytest.fixture
def talks(settings: Settings) -> ConsultationStore:
    return ConsultationStore.open(settings)


@pytest.fixture
def quality(settings: Settings) -> QualityStore:
    return QualityStore.open(settings)


def a_turn(
    talks: ConsultationStore,
    quality: QualityStore,
    number: int,
    talk: str,
    *,
    status: str = "answered",
    checks: Sequence[str] = (),
) -> None:
    talks.append_turn(talk, question="비밀 질문", answer={}, profile=Profile(), state={})
    quality.keep(talk, number, turn_id=f"t{number}", status=status, checks=checks)


def test_each_kind_lists_its_turns_the_newest_first(
    talks: ConsultationStore, quality: QualityStore
) -> None:
    talk = talks.create()
    a_turn(talks, quality, 0, talk)
    a_turn(talks, quality, 1, talk, checks=["unsupported_figure"])
    a_turn(talks, quality, 2, talk, status="no_evidence")
    a_turn(talks, quality, 3, talk)
    talks.add_feedback(talk, 3, -1, "별로")

    since = now() - YESTERDAY
    listed = {
        kind: [one.number for one in quality.quality_list(since, kind)] for kind in QualityKind
    }

    assert listed == {
        QualityKind.ALL: [3, 2, 1], QualityKind.CHECKS: [1], QualityKind.NO_EVIDENCE: [2],
        QualityKind.FAILED: [], QualityKind.DISLIKED: [3],
    }  # fmt: skip
    assert quality.quality_list(now() + YESTERDAY) == []


def test_a_note_goes_with_its_consultation_and_none_comes_after_it(
    talks: ConsultationStore, quality: QualityStore
) -> None:
    talk, other = talks.create(), talks.create()
    a_turn(talks, quality, 0, talk, checks=["no_mark"])
    a_turn(talks, quality, 0, other, checks=["no_mark"])

    talks.delete(talk)
    quality.keep(talk, 1, turn_id="late", status="answered", checks=["no_mark"])

    assert [one.consultation_id for one in quality.quality_list(now() - YESTERDAY)] == [other]
    talks.purge(now() + YESTERDAY)
    assert quality.quality_list(now() - YESTERDAY) == []
