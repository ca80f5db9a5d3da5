"""All sets of one run together, as plain values and as Markdown tables (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from advisor.evaluation.comparing import Change
from advisor.evaluation.outcome import Outcome, SetKind
from advisor.evaluation.past_runs import PastRun

MARK = "<!-- advisor eval -->"


@dataclass(frozen=True, slots=True)
class Report:
    """A run: on which commit, when, for which day, by which engine, and how it differs from before."""

    outcomes: tuple[Outcome, ...]
    changes: Mapping[str, Change | None]
    before: Mapping[str, PastRun]
    commit: str
    at: str
    today: str
    engine: str

    def to_json(self) -> dict[str, Any]:
        """Return the run as plain values; a run of one set has its groups at the top as well."""
        sets = []
        for one in self.outcomes:
            plain = one.to_json()
            change = self.changes.get(one.name)
            if change is not None:
                plain["change"] = {
                    "since": self.before[one.name].commit, "at": self.before[one.name].at,
                    "shared": change.shared, "difference": round(change.difference, 4),
                    "p": round(change.p, 4), "outside_noise": change.is_sure,
                    "better": list(change.better), "worse": list(change.worse),
                }  # fmt: skip
            sets.append(plain)
        whole = {"commit": self.commit, "at": self.at, "today": self.today, "engine": self.engine}
        if len(sets) == 1:
            return {**whole, **sets[0], "sets": sets}
        return {**whole, "sets": sets}


def as_markdown(report: Report) -> str:
    """Return every set as a Markdown table with 95 % intervals, and what changed."""
    return "\n\n".join(_one(one, report) for one in report.outcomes)


def _one(outcome: Outcome, report: Report) -> str:
    rows = outcome.rows
    extra = list(dict.fromkeys(key for one in rows for key in one.extra))
    mean = "nDCG@10" if outcome.kind is SetKind.RETRIEVAL else "all right"
    heads = ["group", "cases", mean, "95 % interval", *extra]
    lines = [
        f"### {outcome.name}",
        "",
        f"| {' | '.join(heads)} |",
        "| --- |" + " ---: |" * (len(heads) - 1),
    ]
    for one in rows:
        name = one.name if one.by in ("all", "set", "category") else f"{one.by} {one.name}"
        more = [f"{one.extra[key]:.3f}" if key in one.extra else "" for key in extra]
        cells = [
            name,
            f"{one.items:,}",
            f"{one.score:.3f}",
            f"{one.low:.3f} to {one.high:.3f}",
            *more,
        ]
        lines.append(f"| {' | '.join(cells)} |")
    figures = ", ".join(f"{name} {value:,.4g}" for name, value in outcome.figures.items())
    lines += ["", figures, "", _told(outcome.name, report)]
    return "\n".join(lines)


def _told(name: str, report: Report) -> str:
    change, before = report.changes.get(name), report.before.get(name)
    if change is None or before is None:
        return "No run of this set before."
    sure = "outside noise" if change.is_sure else "within noise"
    return (
        f"Since {before.commit} ({before.at}): {change.difference:+.4f}, p {change.p:.3f}, {sure}; "
        f"{len(change.better)} better, {len(change.worse)} worse of {change.shared:,}."
    )


def with_section(text: str, report: Report) -> str:
    r"""Return a Markdown file with its own section replaced by this run; at its end where it has none.

    >>> report = Report((), {}, {}, "abc", "2026-11-25T10:00", "2026-11-22", "embedded")
    >>> again = with_section(with_section("# Results\\n", report), report)
    >>> again.count("## advisor eval"), again.startswith("# Results")
    (1, True)
    """
    section = (
        f"{MARK}\n## advisor eval (commit {report.commit}, {report.at[:10]}, {report.engine}, "
        f"day {report.today})\n\n{as_markdown(report)}\n{MARK}"
    )
    before, start, rest = text.partition(MARK)
    if start:
        _, _, after = rest.partition(MARK)
        return f"{before}{section}{after}"
    return f"{text.rstrip()}\n\n{section}\n"
