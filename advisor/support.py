"""What a company can get and how it pays: the Advisor's part that judges, for every interface."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from advisor import clock
from advisor.corpus.readiness import load_instrument
from advisor.domain.passages import Kind
from advisor.domain.profile import Profile
from advisor.domain.readiness import Diagnosis
from advisor.domain.records import Corpus
from advisor.errors import BadInputError
from advisor.intake.company import read_company
from advisor.matching.matches import KINDS, match_records
from advisor.matching.need import pains_in
from advisor.matching.outlook import Outlook, build_outlook
from advisor.matching.plan import make_plan
from advisor.matching.plan_present import plan_json
from advisor.matching.present import match_json
from advisor.matching.solutions import Readiness
from advisor.messages import UserMessage

# Of the owner's own questions: the newest ones that name a worry.
MAX_WORRIES = 3


@dataclass(frozen=True)
class Support:
    """Judges companies against the corpus; holds nothing of any company."""

    corpus: Corpus
    corpus_dir: Path

    @cached_property
    def readiness(self) -> Readiness:
        """The readiness instrument, read when first needed (0.1 s)."""
        return Readiness(load_instrument(self.corpus_dir))

    def match(
        self,
        values: Mapping[str, object],
        *,
        kind: Kind | None = None,
        k: int = 5,
        worry: str = "",
        today: date | None = None,
    ) -> list[dict[str, Any]]:
        """Return matches in the contract's shape; k of 0 is all, the ineligible too.

        Raises:
            BadInputError: The profile has a wrong field; every one is named.
        """
        day = today or clock.today()
        company = read_company(values, self.corpus.vocabulary, day)
        return [
            match_json(one, self.corpus)
            for chosen in ((kind,) if kind else KINDS)
            for one in match_records(
                self.corpus, company, kind=chosen, today=day, readiness=self.readiness,
                k=k, worry=worry,
            )
        ]  # fmt: skip

    def plan(
        self,
        values: Mapping[str, object],
        *,
        solution_id: str,
        cost_krw: int | None = None,
        today: date | None = None,
    ) -> dict[str, Any]:
        """Return a funding plan in the contract's shape.

        Raises:
            BadInputError: The profile has a wrong field, or there is no such solution.
        """
        day = today or clock.today()
        company = read_company(values, self.corpus.vocabulary, day)
        solution = self.corpus.solutions.get(solution_id)
        if solution is None:
            raise BadInputError(
                UserMessage(
                    text=f"'{solution_id[:80]}' 솔루션을 찾지 못했습니다.",
                    next_step="솔루션 목록(POST /api/v1/match, kind는 solution)에 나오는 id를 적어 주세요.",
                )
            )
        return plan_json(
            make_plan(self.corpus, company, solution, cost_krw=cost_krw, today=day)
        )  # fmt: skip

    def outlook(
        self,
        profile: Profile,
        questions: Sequence[str] = (),
        *,
        solution_id: str = "",
        cost_krw: int | None = None,
        picked: Sequence[str] = (),
        diagnosis: Diagnosis | None = None,
        today: date | None = None,
    ) -> Outlook:
        """Return all that is known of support for a company of a consultation.

        Args:
            profile: Facts stated so far.
            questions: What the owner asked, oldest first; those with a worry in them count.
            solution_id: To plan for; empty takes the most fitting.
            cost_krw: What a quotation says.
            picked: Programs and solutions to compare.
            diagnosis: The company's latest; its gates decide what can be started then.
            today: Day in Asia/Seoul; None is the present one.
        """
        return build_outlook(
            self.corpus, profile, readiness=replace(self.readiness, diagnosis=diagnosis),
            today=today or clock.today(), made_at=clock.now(), worry=worry_of(questions), solution_id=solution_id,
            cost_krw=cost_krw, picked=picked,
        )  # fmt: skip


def worry_of(questions: Sequence[str]) -> str:
    """Return the newest questions that name a worry, oldest first; empty where none does.

    >>> worry_of(["눈으로 검사하는데 불량이 나가요", "바우처는 언제 열리나요?"])
    '눈으로 검사하는데 불량이 나가요'
    """
    return " ".join([one for one in questions if pains_in(one)][-MAX_WORRIES:])
