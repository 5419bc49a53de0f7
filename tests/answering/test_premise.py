"""Which figures of a question belong to another arm, and which are only bounds."""

from __future__ import annotations

from langchain_core.documents import Document

from iscalimab_qa.answering.premise import false_premise
from iscalimab_qa.answering.question import analyse
from iscalimab_qa.answering.scoring import Candidate, Features
from iscalimab_qa.evidence.naming.names import shipped_names
from iscalimab_qa.sources.values import SourceMetadata
from iscalimab_qa.units import RowCell, Unit

DOSES = "The score fell by 24.1% with 150 mg, by 38.6% with 300 mg and by 8.3% with placebo."


def is_false(question: str, text: str, *cells: RowCell) -> bool:
    unit = Unit("s", 0, len(text), text, text, "row" if cells else "sentence", cells=cells)
    found = Candidate(unit, Document(text), Features(0.5, 0.5, 0.5, 0, 0, 0, 1), 1.0)
    metadata = SourceMetadata(title="Orelimab in gout")
    names = shipped_names()
    return false_premise(analyse(question), [found], lambda _: metadata, names) is not None


def test_a_dose_with_a_figure_of_its_own_is_not_the_placebo_arm() -> None:
    assert not is_false("Why did orelimab 300 mg lower the score by 38.6%?", DOSES)
    assert is_false("Why did the score fall by 38.6% on placebo?", DOSES)
    assert is_false("Why did orelimab 150 mg lower the score by 38.6%?", DOSES)


def test_a_bound_that_a_question_asks_for_is_no_value_taken_for_granted() -> None:
    text = "The score fell by 20% by the preset date with orelimab, and by 8% with placebo."
    assert not is_false("Did placebo lower the score by more than 20%?", text)
    assert is_false("Why did placebo lower the score by 20%?", text)
    assert not is_false("Did placebo bring anyone below a total score of 20%?", text)


def test_a_percentage_is_not_a_number_of_points_in_a_row_on_something_else() -> None:
    cells = (RowCell("", "Colitis score"), RowCell("Antibody A", "7.4 points"))
    text = "Colitis score: Antibody A 7.4 points"
    assert not is_false("Why did 7.4% of the patients on orelimab sneeze?", text, *cells)
