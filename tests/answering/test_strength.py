from __future__ import annotations

from langchain_core.documents import Document

from iscalimab_qa.answering.question import analyse
from iscalimab_qa.answering.scoring import Candidate, Features
from iscalimab_qa.answering.strength import strongest_of_equals
from iscalimab_qa.sources.values import SourceKind, SourceMetadata
from iscalimab_qa.units import Unit

KINDS: dict[str, SourceKind] = {"page": "vendor_page", "paper": "randomised_trial"}
RETOLD = "The page adds that two cases of hepatitis needed hospital care."
ITSELF = "Two cases of hepatitis needed hospital care, both on day 40."


def metadata_of(source_id: str) -> SourceMetadata:
    return SourceMetadata(title=source_id, kind=KINDS[source_id])


def candidate(source: str, text: str, score: float, coverage: float = 0.8) -> Candidate:
    unit = Unit(source, 0, len(text), text, text, "sentence")
    return Candidate(unit, Document(text), Features(coverage, 0.5, 0.5, 0, 0, 0, 1), score)


def order(*candidates: Candidate, asked: str = "Was hepatitis seen?") -> list[str]:
    found = strongest_of_equals(analyse(asked), candidates, metadata_of)
    return [each.unit.source_id for each in found]


def test_of_two_that_tell_the_same_the_stronger_source_comes_first() -> None:
    assert order(candidate("page", RETOLD, 9.0), candidate("paper", ITSELF, 8.5)) == [
        "paper",
        "page",
    ]


def test_a_stronger_source_that_says_less_stays_behind() -> None:
    first = candidate("page", RETOLD, 9.0)
    assert order(first, candidate("paper", ITSELF, 8.5, coverage=0.4)) == ["page", "paper"]
    assert order(first, candidate("paper", ITSELF, 7.0)) == ["page", "paper"]


def test_a_stronger_source_on_something_else_stays_behind() -> None:
    other = candidate("paper", "Hepatitis B carriers were excluded.", 8.9)
    assert order(candidate("page", RETOLD, 9.0), other) == ["page", "paper"]


def test_a_source_that_lacks_the_figure_stays_behind() -> None:
    figure = candidate("page", "Hepatitis needed hospital care in 3.4% of cases.", 9.0)
    assert order(figure, candidate("paper", ITSELF, 8.9)) == ["page", "paper"]


def test_nothing_to_order_is_nothing() -> None:
    assert order() == []
