"""A comparison as lines of a terminal, into which no control character comes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from iscalimab_qa.errors import printable
from iscalimab_qa.evaluation.comparison import Change, Comparison, Moved, Side
from iscalimab_qa.evaluation.markup import UNBOUNDED
from iscalimab_qa.evaluation.questions import LabelledQuestion
from iscalimab_qa.evaluation.summary import Judged

SHOWN = 240
"""Characters of an answer that stand in a line; the page and the JSON have all of it."""


NAMED = 12
"""Ids that stand in a line, likewise."""


def lines(comparison: Comparison) -> list[str]:
    """Return the comparison for a terminal, each line printable as it is."""
    return [printable(line) for line in _lines(comparison)]


def _lines(comparison: Comparison) -> Iterator[str]:
    yield f"before  {_side(comparison.before)}"
    yield f"after   {_side(comparison.after)}"
    yield ""
    yield from _configuration(comparison)
    yield ""
    yield from _questions(comparison)
    yield ""
    yield from _measures(comparison.measures)
    yield ""
    yield "; ".join(f"{kind} {count}" for kind, count in comparison.counts.items())
    for kinds, changes in comparison.groups.items():
        yield ""
        yield f"{kinds} ({len(changes)})"
        for change in changes:
            yield from _change(change)


def _side(side: Side) -> str:
    return f"{side.name}-{side.sha}  {side.created}  {side.system}"


def _configuration(comparison: Comparison) -> Iterator[str]:
    if not comparison.configuration:
        yield "The configuration is the same."
        return
    yield "The configuration differs:"
    for each in comparison.configuration:
        yield f"  {each.name}: {clipped(each.before)} -> {clipped(each.after)}"


def _questions(comparison: Comparison) -> Iterator[str]:
    yield f"{comparison.shared} questions are in both"
    yield from _listed("with other labels", comparison.relabelled)
    yield from _listed("asked otherwise", comparison.rephrased)
    yield from _only("only before", comparison.only_before)
    yield from _only("only after", comparison.only_after)


def _listed(name: str, ids: Sequence[str]) -> Iterator[str]:
    more = f" and {len(ids) - NAMED} more" if len(ids) > NAMED else ""
    if ids:
        yield f"  {name} ({len(ids)}): {', '.join(ids[:NAMED])}{more}"


def _only(name: str, questions: Sequence[LabelledQuestion]) -> Iterator[str]:
    yield from _listed(name, [question.id for question in questions])


def _measures(measures: Sequence[Moved]) -> Iterator[str]:
    same = [each.measure for each in measures if each.difference[:3] == (0, 0, 0)]
    moved = [each for each in measures if each.measure not in same]
    if moved:
        yield f"{'':<22}{'before':>8}{'after':>8}{'change':>9}  95 % interval"
    for each in moved:
        mean, low, high, n = each.difference
        places = 1 if each.measure in UNBOUNDED else 3
        yield (
            f"{each.measure:<22}{each.before:>8.{places}f}{each.after:>8.{places}f}"
            f"{mean:>+9.{places}f}  {low:+.{places}f} to {high:+.{places}f}  (n {n})"
        )
    if same:
        yield f"no difference: {', '.join(same)}"


def _change(change: Change) -> Iterator[str]:
    yield f"  {change.question.id}  {change.question.question}"
    yield f"    before  {_said(change.before)}"
    yield f"    after   {_said(change.after)}"


def _said(judged: Judged) -> str:
    return f"{judged.outcome.verdict}: {_cut(' '.join(judged.outcome.text.split()))}"


def _cut(text: str) -> str:
    return text if len(text) <= SHOWN else text[: SHOWN - 1].rstrip() + "…"


_DIGEST = 64
"""Hexadecimal digits of a SHA-256; twelve of them tell two apart."""


def clipped(value: str) -> str:
    """Return a value of a configuration with its digests cut to twelve digits.

    >>> clipped("0123456789abcdef" * 4), clipped("")
    ('0123456789ab', 'none')
    """
    parts = [part[:12] if len(part) == _DIGEST else part for part in value.split(", ")]
    return ", ".join(parts) or "none"
