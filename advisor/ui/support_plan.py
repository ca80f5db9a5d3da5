"""A funding plan as HTML: who pays what, when, at another cost, and the other ways (pure)."""

from collections.abc import Sequence
from html import escape

from advisor.domain.money import format_krw
from advisor.domain.plan import CashMonth, Conflict, FundingPlan
from advisor.domain.records import Corpus
from advisor.matching.outlook import Outlook
from advisor.ui.markdown import safe_url
from advisor.ui.strings import Texts
from advisor.ui.support_words import say

_APART = ("guarantee", "tax_credit")
RULE_CHARS = 80  # of a rule, in the name of the link to its source


def render_plan(
    outlook: Outlook,
    corpus: Corpus,
    texts: Texts,
    *,
    cost: str = "",
    picked: Sequence[str] = (),
) -> str:
    """Return the choice of a solution and its plan with the alternatives."""
    plan = outlook.plan
    if plan is None:
        body = f'<p class="none">{escape(say("no_plan", texts))}</p>'
    else:
        body = (
            f'<h4>{escape(plan.title)}</h4><p class="basis">{escape(plan.cost.basis)}.</p>'
            f"{_bar(plan, texts)}{_lines(plan, corpus, texts)}"
            f"{_cash(plan.cash, plan.peak_cash_krw, texts)}{_sensitivity(plan, texts)}"
            f"{_conflicts(plan.conflicts, corpus, texts)}{_alternatives(plan, texts)}"
            f"{_assumptions(plan, texts)}{_rules(plan, corpus, texts)}"
        )
    return (
        f'<div class="block plan" id="support-plan"><h3>{escape(say("plan", texts))}</h3>'
        f"{_form(outlook, corpus, texts, cost, picked)}{body}</div>"
    )


def won(amount: int | None, texts: Texts) -> str:
    """Write an amount; a null is said."""
    return say("unstated", texts) if amount is None else format_krw(amount)


def parts_of(plan: FundingPlan) -> list[tuple[str, int]]:
    """Return what pays for the cost, by kind, nothing of zero; adds up to the cost."""
    paid = [
        ("grant", sum(one.amount_krw or 0 for one in plan.lines if one.kind == "grant")),
        ("local", sum(one.amount_krw or 0 for one in plan.lines if one.kind == "local")),
        ("own", plan.own_cash_krw or 0),
        ("in_kind", plan.own_in_kind_krw or 0),
        ("loan", plan.loan_krw or 0),
    ]
    return [one for one in paid if one[1]]


def _form(outlook: Outlook, corpus: Corpus, texts: Texts, cost: str, picked: Sequence[str]) -> str:
    chosen = outlook.plan.solution_id if outlook.plan else ""
    options = "".join(
        f'<option value="{escape(one.record_id)}"'
        f"{' selected' if one.record_id == chosen else ''}>"
        f"{escape(corpus.solutions[one.record_id].title)}</option>"
        for one in outlook.solutions
    )
    ticked = " checked" if chosen in picked else ""
    tick = (
        f'<label class="tick"><input type="checkbox" data-tick="{escape(chosen)}"{ticked}> '
        f"{escape(say('pick', texts))}</label>"
        if chosen
        else ""
    )
    return (
        f'<form class="plan-for"><label>{escape(say("choose", texts))}<select name="solution">'
        f"{options}</select></label><label>{escape(say('cost', texts))}"
        f'<input name="cost" value="{escape(cost)}" placeholder="{escape(say("cost_hint", texts))}" '
        f'maxlength="40" autocomplete="off" inputmode="text"></label><button type="submit" '
        f'class="quiet strong">{escape(say("make", texts))}</button>{tick}</form>'
    )


def _bar(plan: FundingPlan, texts: Texts) -> str:
    total = plan.cost.chosen
    if not total:
        return ""
    paid = parts_of(plan)
    words = ", ".join(f"{say(kind, texts)} {format_krw(amount)}" for kind, amount in paid)
    pieces = "".join(
        f'<span class="p-{kind}" style="flex-grow:{amount}"></span>' for kind, amount in paid
    )
    legend = "".join(
        f'<li><i class="p-{kind}"></i>{escape(say(kind, texts))} <b>{escape(format_krw(amount))}</b>'
        f" {amount / total:.0%}</li>"
        for kind, amount in paid
    )
    return (
        f'<p class="total">{escape(say("total", texts))} <b>{escape(format_krw(total))}</b></p>'
        f'<div class="bar" role="img" aria-label="{escape(words)}">{pieces}</div>'
        f'<ul class="legend">{legend}</ul>'
    )


def _lines(plan: FundingPlan, corpus: Corpus, texts: Texts) -> str:
    def row(kind: str, title: str, amount: int | None, basis: str, *, sure: bool) -> str:
        doubt = "" if sure else f' <i class="doubt">{escape(say("uncertain", texts))}</i>'
        return (
            f'<tr><th scope="row">{escape(say(kind, texts))}</th><td class="won">'
            f"{escape(won(amount, texts))}{doubt}</td><td>{escape(title)}</td>"
            f'<td class="grounds">{escape(basis)}</td></tr>'
        )

    def named(*, apart: bool) -> str:
        return "".join(
            row(one.kind, corpus.record(one.record_id).title, one.amount_krw, one.basis,
                sure=one.certain)
            for one in plan.lines
            if (one.kind in _APART) is apart
        )  # fmt: skip

    own = row("own", "", plan.own_cash_krw, "", sure=True)
    own += row("in_kind", "", plan.own_in_kind_krw, "", sure=True)
    heads = "".join(
        f'<th scope="col">{escape(one)}</th>'
        for one in (
            say("item", texts),
            say("how_much", texts),
            say("who", texts),
            say("basis", texts),
        )
    )
    apart = named(apart=True)
    if apart:
        apart = f'<tbody class="apart"><tr><th colspan="4">{escape(say("apart", texts))}</th></tr>{apart}</tbody>'
    return (
        f'<div class="wide" tabindex="0"><table class="lines"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{named(apart=False)}{own}</tbody>{apart}</table></div>"
    )


def _cash(months: Sequence[CashMonth], peak: int | None, texts: Texts) -> str:
    if not months:
        return ""
    top = max(*(one.balance_krw for one in months), 1)
    rows = "".join(
        f'<tr><th scope="row">{escape(say("month", texts, count=one.month))}</th>'
        f'<td class="won">{escape(format_krw(one.pay_krw))}</td>'
        f'<td class="won">{escape(format_krw(one.receive_krw))}</td>'
        f'<td class="won"><span class="meter"><i style="width:{one.balance_krw / top:.0%}"></i></span>'
        f'{escape(format_krw(one.balance_krw))}</td><td class="grounds">{escape(one.note)}</td></tr>'
        for one in months
    )
    heads = "".join(
        f'<th scope="col">{escape(say(one, texts))}</th>'
        for one in ("month_head", "pay", "receive", "bound", "basis")
    )
    most = ""
    if peak is not None:
        most = (
            f'<p class="total">{escape(say("peak", texts))} <b>{escape(format_krw(peak))}</b></p>'
        )
    return (
        f'{most}<details class="fold"><summary>{escape(say("cash", texts))}</summary>'
        f'<div class="wide" tabindex="0"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody>'
        "</table></div></details>"
    )


def _sensitivity(plan: FundingPlan, texts: Texts) -> str:
    if not plan.sensitivity:
        return ""
    rows = "".join(
        f"<tr{' class=here' if one.cost_krw == plan.cost.chosen else ''}>"
        f'<th scope="row">{escape(format_krw(one.cost_krw))}</th>'
        f'<td class="won">{escape(format_krw(one.grant_krw))}</td>'
        f'<td class="won">{escape(format_krw(one.own_krw))}</td></tr>'
        for one in plan.sensitivity
    )
    heads = "".join(
        f'<th scope="col">{escape(say(one, texts))}</th>'
        for one in ("total", "grant", "own_and_loan")
    )
    return (
        f'<details class="fold"><summary>{escape(say("sensitivity", texts))}</summary>'
        f'<div class="wide" tabindex="0"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody>'
        "</table></div></details>"
    )


def _rule(one: Conflict, corpus: Corpus, texts: Texts) -> str:
    names = [
        corpus.record(name).title if name in corpus else name for name in one.between
    ]  # fmt: skip
    address = safe_url(one.url)
    link = (
        f' <a href="{escape(address)}" target="_blank" rel="noopener noreferrer" '
        f'aria-label="{escape(say("source", texts))}: {escape(one.rule[:RULE_CHARS])}">'
        f"{escape(say('source', texts))}</a>"
        if address
        else ""
    )
    return f"<li><b>{escape(' ↔ '.join(names))}</b> {escape(one.rule)}{link}</li>"


def _conflicts(rows: Sequence[Conflict], corpus: Corpus, texts: Texts) -> str:
    items = "".join(_rule(one, corpus, texts) for one in rows)
    body = (
        f'<ul class="conflicts">{items}</ul>'
        if items
        else f'<p class="none">{escape(say("no_conflicts", texts))}</p>'
    )
    return f"<h4>{escape(say('conflicts', texts))}</h4>{body}"


def _rules(plan: FundingPlan, corpus: Corpus, texts: Texts) -> str:
    if not plan.rules:
        return ""
    items = "".join(_rule(one, corpus, texts) for one in plan.rules)
    return (
        f'<details class="fold"><summary>{escape(say("rules", texts, count=len(plan.rules)))}</summary>'
        f'<ul class="conflicts">{items}</ul></details>'
    )


def _assumptions(plan: FundingPlan, texts: Texts) -> str:
    items = "".join(f"<li>{escape(one)}</li>" for one in plan.assumptions)
    return f'<h4>{escape(say("assumptions", texts))}</h4><ul class="assumed">{items}</ul>'


def _alternatives(plan: FundingPlan, texts: Texts) -> str:
    if not plan.alternatives:
        return ""
    plans = (plan, *plan.alternatives)
    heads = "".join(
        f'<th scope="col">{escape(one.title)}'
        + (f" <i>{escape(say('this_plan', texts))}</i>" if one is plan else "")
        + "</th>"
        for one in plans
    )

    def granted(one: FundingPlan) -> int | None:
        lines = [line.amount_krw for line in one.lines if line.kind in ("grant", "local")]
        known = [amount for amount in lines if amount is not None]
        return sum(known) if known or not lines else None

    rows = (
        ("grant", [granted(one) for one in plans]),
        ("own", [one.own_cash_krw for one in plans]),
        ("loan", [one.loan_krw for one in plans]),
        ("tax_credit", [one.tax_credit_krw for one in plans]),
        ("peak", [one.peak_cash_krw for one in plans]),
    )
    body = "".join(
        f'<tr><th scope="row">{escape(say(name, texts))}</th>'
        + "".join(f'<td class="won">{escape(won(one, texts))}</td>' for one in cells)
        + "</tr>"
        for name, cells in rows
    )
    return (
        f'<h4>{escape(say("alternatives", texts))}</h4><div class="wide" tabindex="0">'
        f'<table class="compare"><thead><tr><th scope="col">{escape(say("item", texts))}</th>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )
