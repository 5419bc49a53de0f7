"""A comparison as one page to look at, by the same means as the page of a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from iscalimab_qa.evaluation.causes import cause
from iscalimab_qa.evaluation.comparison import Change, Comparison, Moved, Side
from iscalimab_qa.evaluation.comparison_text import clipped
from iscalimab_qa.evaluation.markup import (
    UNBOUNDED,
    difference_html,
    measure_html,
    number,
    readable,
    row,
    section,
    shell,
    shown,
    table,
)
from iscalimab_qa.evaluation.plots import whisker
from iscalimab_qa.evaluation.questions import LabelledQuestion
from iscalimab_qa.evaluation.summary import Judged


def page(comparison: Comparison) -> str:
    """Return a comparison as one HTML page, which asks for nothing from outside."""
    title = f"Compared: {comparison.before.name} and {comparison.after.name}"
    body = (
        _head(title, comparison)
        + section("measures", "Measures", _measures(comparison.measures))
        + section("changes", "Answers that changed", _changes(comparison))
        + section("differs", "What differs between the runs", _differs(comparison))
    )
    return shell(title, body)


def _head(title: str, comparison: Comparison) -> str:
    counts = [f"{kind}: {count}" for kind, count in comparison.counts.items()]
    told = [
        _side("Before", comparison.before),
        _side("After", comparison.after),
        f"{comparison.shared} questions are in both · {' · '.join(counts)}",
    ]
    paragraphs = "".join(f"<p>{shown(line)}</p>" for line in told)
    return f"<header><h1>{shown(title)}</h1>{paragraphs}</header>"


def _side(name: str, side: Side) -> str:
    return f"{name}: {side.system} · {side.created} · {side.sha}"


def _measures(measures: Sequence[Moved]) -> str:
    heads = ["measure", "before", "after", "difference", "n", '<span class="unseen">plot</span>']
    caption = "Over the questions that both runs have: after less before, 95 % interval"
    return table(caption, heads, map(_moved, measures))


def _moved(moved: Moved) -> str:
    name, gap = moved.measure, moved.difference
    drawn = "" if name in UNBOUNDED else whisker(gap.mean, gap.low, gap.high, start=-1.0)
    means = [number(moved.before, name), number(moved.after, name)]
    return row(measure_html(name), [*means, difference_html(name, gap), f"{gap.n}", drawn])


def _changes(comparison: Comparison) -> str:
    if not comparison.changes:
        return "<p>Every question of both runs was answered the same.</p>"
    return "".join(
        f"<h3>{shown(kinds)} ({len(changes)})</h3>{''.join(map(_change, changes))}"
        for kinds, changes in comparison.groups.items()
    )


def _change(change: Change) -> str:
    return (
        f'<article class="change"><h4>{shown(change.question.question)}</h4>'
        f'<p class="facts">{shown(change.question.id)}</p>'
        f'<div class="sides">{_said("Before", change.before)}{_said("After", change.after)}'
        "</div></article>"
    )


def _said(name: str, judged: Judged) -> str:
    outcome, why = judged.outcome, cause(*judged)
    failed = f' <span class="cause">{shown(why)}</span>' if why else ""
    quotes = "".join(
        f"<dd><cite>{shown(each.place.source_id)}</cite> <q>{shown(each.quote)}</q></dd>"
        for each in outcome.resting_on
    )
    cited = f"<div><dt>rests on</dt>{quotes}</div>" if quotes else ""
    return (
        f"<dl><div><dt>{name}: {shown(readable(outcome.verdict))}{failed}</dt>"
        f"<dd>{shown(outcome.text)}</dd></div>{cited}</dl>"
    )


def _differs(comparison: Comparison) -> str:
    rows = [
        row(shown(each.name), [f"<code>{shown(clipped(v))}</code>" for v in each[1:]])
        for each in comparison.configuration
    ]
    same = "<p>The configuration is the same.</p>"
    told = table("Configuration", ["value", "before", "after"], rows) if rows else same
    return told + "".join(_questions(comparison))


def _questions(comparison: Comparison) -> Iterator[str]:
    yield _listed("With other labels", comparison.relabelled)
    yield _listed("Asked otherwise", comparison.rephrased)
    yield _listed("Only before", map(_named, comparison.only_before))
    yield _listed("Only after", map(_named, comparison.only_after))


def _named(question: LabelledQuestion) -> str:
    return f"{question.id}: {question.question}"


def _listed(title: str, texts: Iterable[str]) -> str:
    items = "".join(f"<li>{shown(text)}</li>" for text in texts)
    return f"<h3>{title}</h3><ul>{items}</ul>" if items else ""
