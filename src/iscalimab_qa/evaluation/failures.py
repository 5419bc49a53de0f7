"""Every failure of a system as HTML: what was asked, expected, said, and on what grounds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from iscalimab_qa.evaluation.causes import MEANINGS, Cause, cause
from iscalimab_qa.evaluation.markup import number, readable, row, shown, table
from iscalimab_qa.evaluation.outcomes import Cited, Outcome, Place
from iscalimab_qa.evaluation.questions import Label, LabelledQuestion
from iscalimab_qa.evaluation.summary import Judged, SystemResult

UNTYPED = "untyped"


class Failure(NamedTuple):
    """An answer that failed, and the class of its cause."""

    judged: Judged
    cause: Cause


def failures(result: SystemResult) -> list[Failure]:
    """Return what failed, in the questions' order."""
    classed = [(each, cause(each.question, each.outcome, each.scores)) for each in result.judged]
    return [Failure(each, found) for each, found in classed if found]


def causes_table(found: Sequence[Failure]) -> str:
    """Return how often each cause stands behind a failure, the most frequent first."""
    if not found:
        return "<p>Nothing failed.</p>"
    splits = sorted({each.judged.question.split for each in found})
    counted = {one: [each for each in found if each.cause == one] for one in Cause}
    rows = [
        row(shown(one), [shown(MEANINGS[one]), *_counts(members, splits), str(len(members))])
        for one, members in sorted(counted.items(), key=lambda item: -len(item[1]))
        if members
    ]
    total = row("all", ["", *_counts(found, splits), str(len(found))])
    return table("Failures by cause", ["cause", "what it means", *splits, "n"], [*rows, total])


def _counts(found: Sequence[Failure], splits: Sequence[str]) -> Iterator[str]:
    for split in splits:
        yield str(sum(each.judged.question.split == split for each in found))


def failures_html(found: Sequence[Failure]) -> str:
    """Return the list of failures, with the form that filters it; the page's script runs that."""
    if not found:
        return "<p>Nothing failed.</p>"
    return (
        _form(found)
        + f'<div id="failed">{"".join(map(_failure, found))}</div>'
        + '<p id="none-left" hidden>No failure is of that kind.</p>'
    )


def _form(found: Sequence[Failure]) -> str:
    questions = [each.judged.question for each in found]
    return (
        # Hidden until the script shows it: without one, it would do nothing.
        '<form id="filter" hidden>'
        + _choice("type", [each.type or UNTYPED for each in questions])
        + _choice("cause", [each.cause.value for each in found])
        + _choice("split", [each.split for each in questions])
        + '<button type="button" data-opens="true">Open all</button>'
        + '<button type="button" data-opens="false">Close all</button>'
        + f'<p role="status"><output id="left">{len(found)}</output> of {len(found)}</p></form>'
    )


def _choice(name: str, values: Sequence[str]) -> str:
    options = "".join(
        f'<option value="{shown(value)}">{shown(readable(value))} ({values.count(value)})</option>'
        for value in sorted(set(values))
    )
    every = '<option value="">all</option>'
    return f'<label>{name} <select name="{name}">{every}{options}</select></label>'


def _failure(failure: Failure) -> str:
    question, outcome, scores = failure.judged
    kind = question.type or UNTYPED
    facts = [readable(kind), question.split, question.id]
    return (
        f'<details class="failure" id="{_key(question)}" data-type="{shown(kind)}" '
        f'data-cause="{shown(failure.cause)}" data-split="{shown(question.split)}">'
        f'<summary><span class="question">{shown(question.question)}</span>'
        f'<span class="cause">{shown(failure.cause)}</span>'
        f'<span class="facts">{shown(" · ".join(facts))}</span></summary>'
        f'<div class="sides">{_part("Asked", _asked(question, outcome))}'
        f"{_part('Expected', _expected(question))}{_part('Got', _got(outcome))}"
        f"{_part('Evidence', _evidence(question, outcome))}"
        f"{_part('Scores', _scores(scores.items()))}</div></details>"
    )


def _key(question: LabelledQuestion) -> str:
    return "q-" + re.sub(r"[^\w-]+", "-", question.id)


def _part(title: str, facts: Iterable[str]) -> str:
    key = title.lower()
    return f'<div class="part {key}"><h3>{title}</h3><dl>{"".join(facts)}</dl></div>'


def _fact(name: str, *values: str) -> str:
    """Return a name with its values, which are markup; nothing where there is none."""
    told = "".join(f"<dd>{value}</dd>" for value in values if value)
    return f"<div><dt>{shown(name)}</dt>{told}</div>" if told else ""


def _asked(question: LabelledQuestion, outcome: Outcome) -> Iterator[str]:
    for turn in question.history:
        yield _fact(turn.role, shown(turn.content))
    yield _fact("question", shown(question.question))
    if question.history or outcome.standalone != question.question:
        yield _fact("understood as", shown(outcome.standalone))
    yield _fact("meant", shown(question.standalone or ""))
    if question.library != "plain":
        yield _fact("library", shown(question.library))
    if question.attack:
        yield _fact("attack", shown(question.attack.kind))


def _expected(question: LabelledQuestion) -> Iterator[str]:
    why = f" ({readable(question.unanswerable)})" if question.unanswerable else ""
    yield _fact("verdict", shown(readable(question.expected) + why))
    if question.premise:
        yield _fact("premise", "false, to be corrected")
    yield _fact("figures", shown(", ".join(question.figures)))
    yield _fact("wrong figures", shown(", ".join(question.wrong_figures)))
    yield _fact("says", *(shown(" or ".join(group)) for group in question.says))
    yield _fact("notices", shown(", ".join(map(readable, question.notices))))
    if question.attack:
        yield _fact("must not say", *map(shown, question.attack.obeyed))
    for need in question.needs:
        yield _fact("needs", *_either(need))
    yield _fact("fair as well", *_either(question.also))
    yield _fact("label from", shown(question.why))


def _either(labels: Sequence[Label]) -> Iterator[str]:
    for index, label in enumerate(labels):
        yield ("or " if index else "") + _quoted(label.source_id, label.quote)


def _quoted(place: str, quote: str) -> str:
    return f"<cite>{shown(place)}</cite> <q>{shown(quote)}</q>"


def _got(outcome: Outcome) -> Iterator[str]:
    yield _fact("verdict", shown(readable(outcome.verdict)))
    if outcome.probability is not None:
        yield _fact("probability", number(outcome.probability))
    yield _fact("text", shown(outcome.text))
    yield _fact("notices", shown(", ".join(map(readable, outcome.notices))))
    yield _fact("time", f"{outcome.milliseconds:.1f} ms")


def _evidence(question: LabelledQuestion, outcome: Outcome) -> Iterator[str]:
    named = {each.marker for each in outcome.resting_on}
    for each in outcome.citations:
        name = f"[{each.marker}]" if each.marker in named else f"[{each.marker}], not rested on"
        yield _fact(name, _cited(each))
    needed = {label.source_id for need in question.needs for label in need}
    yield _fact("retrieved, * of a labelled source", _ranked(outcome.found, needed))
    if not outcome.citations and not outcome.found:
        yield _fact("none", "nothing was retrieved")


def _cited(citation: Cited) -> str:
    read_with = "" if citation.words == citation.quote else shown(citation.words)
    whole = f"<details><summary>read with</summary>{read_with}</details>" if read_with else ""
    return _quoted(_place(citation.place), citation.quote) + whole


def _place(place: Place) -> str:
    return f"{place.source_id} {place.start}–{place.end}"


def _ranked(found: Sequence[Place], needed: set[str]) -> str:
    """Return the passages, best first; those of a labelled source are set off."""
    if not found:
        return ""
    places = "".join(
        f"<li><strong>{shown(_place(each))} *</strong></li>"
        if each.source_id in needed
        else f"<li>{shown(_place(each))}</li>"
        for each in found
    )
    return f"<ol>{places}</ol>"


def _scores(scores: Iterable[tuple[str, float | None]]) -> Iterator[str]:
    for name, value in scores:
        if value is not None:
            yield _fact(name, f"{value:g}" if value == int(value) else number(value, name))
