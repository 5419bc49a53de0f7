"""The best candidates are read beside the question, and ordered by that as well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from langchain_core.documents import Document

from iscalimab_qa.answering.model import AnswerModel, shipped_model
from iscalimab_qa.answering.question import analyse
from iscalimab_qa.answering.rereading import READ, SURE, reread
from iscalimab_qa.answering.scoring import Candidate, Features, Retrieved
from iscalimab_qa.reader import Statement
from iscalimab_qa.units import Unit

ASKED = analyse("How many died?")
WEIGHT = 10.0


class Odds:
    """Reads what it was told to; keeps what it was shown."""

    def __init__(self, **odds: float) -> None:
        self.odds, self.shown = odds, list[Statement]()

    def log_odds(self, question: str, statements: Sequence[Statement]) -> list[float]:
        self.shown += statements
        return [self.odds.get(each.words.split()[0].lower(), -SURE) for each in statements]


def model_with(reader: Odds | None) -> AnswerModel:
    shipped = shipped_model()
    return replace(shipped, scoring={**shipped.scoring, "reading": WEIGHT}, reader=reader)  # type: ignore[arg-type]


def unit(text: str, start: int = 0, kind: str = "sentence") -> Unit:
    return Unit("s", start, start + len(text), text, text, kind)  # type: ignore[arg-type]


def candidate(text: str, score: float, start: int = 0, kind: str = "sentence") -> Candidate:
    document = Document(text, metadata={"title": "A trial"})
    return Candidate(unit(text, start, kind), document, Features(0, 0, 0, 0, 0, 0, 0), score)


def read_among(
    candidates: Sequence[Candidate], reader: Odds | None, passages: Sequence[Retrieved] = ()
) -> list[Candidate]:
    return reread(ASKED, candidates, candidates, passages, model_with(reader))


def texts(candidates: Sequence[Candidate]) -> list[str]:
    return [each.unit.text for each in candidates]


def test_without_a_reader_nothing_changes() -> None:
    candidates = [candidate("Eight died.", 2.0), candidate("Nobody died.", 1.0)]
    assert read_among(candidates, None) == candidates


def test_a_reading_adds_its_share_of_the_weight() -> None:
    # Log odds of 0 are halfway between -6 and 6: half of the weight of 10.
    candidates = [candidate("Eight died.", 2.0), candidate("Nobody died.", 1.0)]
    found = read_among(candidates, Odds(nobody=0.0))
    assert texts(found) == ["Nobody died.", "Eight died."]
    assert [each.score for each in found] == [6.0, 2.0]
    assert [each.features.reading for each in found] == [0.5, 0.0]


def test_a_reading_beyond_sure_counts_as_sure() -> None:
    (found,) = read_among([candidate("Eight died.", 2.0)], Odds(eight=99.0))
    assert found.score == 2.0 + WEIGHT


def test_only_the_best_are_read_and_the_rest_stays_behind_in_its_order() -> None:
    reader = Odds()
    many = [candidate(f"{n} died.", 100.0 - n, start=20 * n) for n in range(READ + 3)]
    assert texts(read_among(many, reader)) == texts(many)
    assert [each.words for each in reader.shown] == texts(many)[:READ]


def test_neither_a_question_of_the_source_nor_a_note_is_read() -> None:
    reader = Odds()
    shown = [candidate("How many died?", 3.0), candidate("A note.", 2.0, 20, "note")]
    read_among([*shown, candidate("Eight died.", 1.0, 40)], reader)
    assert [each.words for each in reader.shown] == ["Eight died."]


def test_a_sentence_is_read_with_the_one_before_it() -> None:
    reader = Odds()
    units = [unit("We counted deaths."), unit("There were eight.", start=20)]
    passage = Retrieved(Document("..."), 0.5, units, "...", [0.1, 0.2])
    read_among([candidate("There were eight.", 1.0, 20)], reader, [passage])
    assert reader.shown == [Statement("There were eight.", "A trial", before="We counted deaths.")]


def test_what_tells_a_broad_question_outright_is_as_sure_as_the_surest() -> None:
    told = replace(
        candidate("Flares fell.", 2.0), features=Features(1, 0, 0, 0, 0, 0, 0, tells=1.0)
    )
    found = read_among([told, candidate("Eight died.", 1.0, 20)], Odds(eight=3.0))
    assert [each.features.reading for each in found] == [0.75, 0.75]


def test_what_is_about_another_drug_takes_no_place_among_the_read() -> None:
    reader = Odds()
    others = [candidate(f"{n} died of B.", 100.0 - n, start=20 * n) for n in range(READ)]
    own = candidate("Eight died.", 1.0, 999)
    reread(ASKED, [*others, own], [own], [], model_with(reader))
    assert [each.words for each in reader.shown] == ["Eight died."]
