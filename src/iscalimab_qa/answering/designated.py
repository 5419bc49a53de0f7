"""Which of several is asked about: trench 2, lot 23, patient 5, span 3, size L?

What is told of trench 4 says nothing of trench 2. A name of this kind is a word and a number or a
letter, and a source that speaks of one of a kind is known to number that kind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from functools import lru_cache

from iscalimab_qa.answering.question import Question
from iscalimab_qa.lexicon.tokens import STOPWORDS, stem
from iscalimab_qa.units import RowCell, Unit

_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8"}
_LABEL = r"(?:[A-Z]?\d{1,2}[a-z]?|[A-Z]|II|III|IV|VI{1,3})"
_DESIGNATED = re.compile(
    rf"(?<![\w.,'’-])(?P<kind>[^\W\d_]{{3,}})\s+(?:no\.?\s*|number\s+|#)?(?P<label>{_LABEL})(?![\w%-]|[.,]\d|['’]\w)"
)
_WHOLE_LABEL = re.compile(_LABEL)

_COUNTED = re.compile(r"\s+(?P<next>[^\W\d_]{2,})")
"""What stands behind a number that counts: "after 500 cycles", "patients 5 days later"."""

_SORTS = frozenset(
    map(stem, "type grade stage class arm group cohort part category level tier zone".split())
)
"""Kinds whose label may stand before what it sorts: "type 2 diabetes", "arm B patients"."""

_NO_KINDS = STOPWORDS | frozenset(
    map(
        stem,
        """hour day week month year minute second time phase january february march april may june
        july august september october november december about after around before above below
        between least most nearly only over under until within roughly some than versus age aged
        dose table figure fig section chapter reference first last next past was were had are have
        has with without score scored value total mean median number exactly almost all covid sars
        cov""".split(),
    )
)
"""Words before a number that it does not name one of: times, counts, places in a text."""

_CACHED_TEXTS = 512

Designated = tuple[str, str]
"""The stem of the kind and the label, in lower case: ("trench", "2")."""


def of_another_one(question: Question, unit: Unit, source_text: str) -> bool:
    """Whether one of several is asked about, and a unit or all of its source knows others alone.

    Args:
        question: What is asked; where it names two of a kind, they are compared and both fit.
        unit: What may answer, with its headings.
        source_text: All of its source.
    """
    if question.expects == "reason":
        return False
    asked = designated_in(question.text)
    words = ". ".join([*unit.section, unit.words])
    told = designated_in(words) | _in_cells(unit.cells)
    return any(
        _knows_others(each, told) or _knows_others(each, designated_in(source_text))
        for each in asked
        if sum(kind == each[0] for kind, _ in asked) == 1
        and not (_is_coded(each[1], words) or _is_label(each[1], unit.cells))
    )


def _is_coded(label: str, words: str) -> bool:
    """Whether a label says by itself what it is and is said: "M41" of the strain M41."""
    return len(label) > 1 and not label.isdigit() and label in words.lower()


def _knows_others(asked: Designated, told: Set[Designated]) -> bool:
    return asked not in told and any(kind == asked[0] for kind, _ in told)


@lru_cache(maxsize=_CACHED_TEXTS)
def designated_in(text: str) -> frozenset[Designated]:
    """Return what a text names by kind and label: "Trench 2" is ("trench", "2")."""
    return frozenset(
        (stem(match["kind"].lower()), _plain(match["label"]))
        for match in _DESIGNATED.finditer(text)
        if not _is_counted(text, match) and stem(match["kind"].lower()) not in _NO_KINDS
    )


def _is_label(label: str, cells: Sequence[RowCell]) -> bool:
    return bool(cells) and _plain(cells[0].text) == label


def _plain(label: str) -> str:
    """Return a label in lower case, and II, III and IV as 2, 3 and 4."""
    return _ROMAN.get(label.lower(), label.lower())


def _is_counted(text: str, match: re.Match[str]) -> bool:
    behind = _COUNTED.match(text, match.end())
    if not behind or not match["label"][0].isdigit() or stem(match["kind"].lower()) in _SORTS:
        return False
    return behind["next"].lower() not in STOPWORDS


def _in_cells(cells: Sequence[RowCell]) -> frozenset[Designated]:
    """Return what cells name by a word of their column's head: "21" under "Lot"."""
    return frozenset(
        (stem(word.lower()), _plain(cell.text))
        for cell in cells
        if _WHOLE_LABEL.fullmatch(cell.text)
        for word in cell.head.split()
    )
