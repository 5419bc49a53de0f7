"""A percentage or a count that a question gives of other people than its source does.

"Did 60 % of all 33 patients respond?" is not borne out by three of five. Looked at are the words
that answer: where they give the same figure with a denominator of its own, and never with the
question's, the question takes the denominator for granted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from iscalimab_qa.evidence.figures.derived import fits_whole_number
from iscalimab_qa.evidence.figures.number_words import number_of, number_of_words
from iscalimab_qa.evidence.notices.drafts import Draft
from iscalimab_qa.evidence.outcomes.conflict_matching import rounds_to
from iscalimab_qa.evidence.trials.registry import Quoted
from iscalimab_qa.units import RowCell

_N = r"\d{1,3}(?:,\d{3})+|\d+"
_WORD = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_OF = r"\s*(?:/|(?:out\s+)?of\s+(?:the\s+|all\s+|these\s+|its\s+|all\s+the\s+)?)\s*"
_PEOPLE = (
    r"(?:[\w'’-]+\s+){0,4}?(?:patients?|participants?|people|subjects?|adults|children|women|men"
    r"|recipients?|volunteers?|responders?|persons|individuals|eyes|cases|dogs|monkeys|animals)\b"
)
_PERCENT_OF = re.compile(
    rf"(?P<percent>\d+(?:\.\d+)?)\s*(?:%|per\s*cent)(?:{_OF}|\s+in\s+(?=\d[\d,]*\s+{_PEOPLE}))"
    rf"(?P<whole>{_N})\b(?![.%]\d|\s*%)",
    re.IGNORECASE,
)
_COUNT_OF = re.compile(
    rf"(?<![\d.])\b(?P<part>{_N}|{_WORD}){_OF}(?P<whole>{_N}|{_WORD})\b(?![.,]\d|\s*%)",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"(?P<percent>\d+(?:\.\d+)?)\s*%")
_NEAR = re.compile(r"[^.;\d]{0,40}")
"""Between a count and its percentage: "7 of 15 patients (47%)"."""

_SIZE = re.compile(rf"\bn\s*=\s*(?P<n>{_N})", re.IGNORECASE)
_LOOKED_AT = 3


class Share(NamedTuple):
    """So many of so many; `percent` or `part` may be unsaid. `said` is as a source has it."""

    percent: Decimal | None
    part: int | None
    whole: int
    said: str


def wrong_denominator(question: str, cited: Sequence[Quoted]) -> Draft | None:
    """Draw up a premise where the cited words give the question's figure of other people.

    Args:
        question: The standalone question.
        cited: What the claims cite, the direct answer first.

    >>> wrong_denominator("What was seen in 33 patients?", []) is None
    True
    """
    asked = next((each for each in _shares(question) if _is_of_people(each, question)), None)
    if asked is None:
        return None
    for quoted in cited[:_LOOKED_AT]:
        same = [share for share in _told(quoted) if _is_same_figure(asked, share)]
        if any(share.whole == asked.whole for share in same):
            return None
        if same:
            text = (
                f"The question takes {asked.said} for granted; the cited words give {same[0].said}."
            )
            return Draft("premise", text, (), beside=(quoted,))
    return None


def _is_of_people(share: Share, question: str) -> bool:
    """Whether a question's share is one of people: "one of the two cohorts" is none."""
    if share.part is None:
        return True
    part, _, whole = share.said.partition(" (")[0].partition(" of ")
    return bool(re.search(rf"\b{part}{_OF}{whole}\s+{_PEOPLE}", question, re.IGNORECASE))


def _is_same_figure(asked: Share, told: Share) -> bool:
    if asked.part is not None:
        return asked.part == told.part
    return None not in (asked.percent, told.percent) and rounds_to(
        asked.percent or Decimal(0), told.percent or Decimal(0)
    )


def _told(quoted: Quoted) -> Iterator[Share]:
    """Yield the shares that cited words give, those of a row's cells with their heads."""
    cells: Sequence[RowCell] = getattr(quoted, "cells", ())
    if not cells:
        yield from _shares(quoted.quote)
    for cell in cells[1:]:
        shares = list(_shares(cell.text))
        yield from shares or _of_head(cell)


def _of_head(cell: RowCell) -> Iterator[Share]:
    """Yield a cell's percentage as one of its head's n, where it is a whole number of that."""
    percents, sizes = _PERCENT.findall(cell.text), _SIZE.findall(cell.head)
    if len(percents) != 1 or len(sizes) != 1:
        return
    whole = int(number_of(sizes[0]))
    if whole and fits_whole_number(percents[0], whole):
        yield Share(Decimal(percents[0]), None, whole, f"{percents[0]}% of {whole}")


def _shares(text: str) -> Iterator[Share]:
    """Yield the shares that a text spells out, in its order: "60% of 33", "3 of 5 (60%)"."""
    for match in _PERCENT_OF.finditer(text):
        whole = _number(match["whole"])
        yield Share(
            Decimal(match["percent"]), None, whole, f"{match['percent']}% of {match['whole']}"
        )
    for match in _COUNT_OF.finditer(text):
        part, whole = _number(match["part"]), _number(match["whole"])
        if part <= whole:
            percent = _percent_beside(text, match)
            said = f"{match['part']} of {match['whole']}"
            if percent:
                said += f" ({percent}%)"
            yield Share(Decimal(percent) if percent else _exact(part, whole), part, whole, said)


def _number(written: str) -> int:
    return number_of_words(written) if written.isalpha() else int(number_of(written))


def _percent_beside(text: str, count: re.Match[str]) -> str:
    """Return the percentage that stands behind a count, or before it in parentheses."""
    behind = _PERCENT.search(text, count.end())
    if behind and _NEAR.fullmatch(text[count.end() : behind.start()]):
        return behind["percent"]
    before = list(_PERCENT.finditer(text[: count.start()]))
    near = before and re.fullmatch(r"\s*\(\s*", text[before[-1].end() : count.start()])
    return before[-1]["percent"] if near else ""


def _exact(part: int, whole: int) -> Decimal | None:
    return (Decimal(100 * part) / whole).quantize(Decimal("0.0001")) if whole else None
