"""What is told of trench 4 says nothing of trench 2."""

from __future__ import annotations

import pytest

from iscalimab_qa.answering.designated import designated_in, of_another_one
from iscalimab_qa.answering.question import analyse
from iscalimab_qa.units import RowCell, Unit

TEXT = "Trench 4 was dug first. Lot 19 was withdrawn. Class II was rare. Patient 3 did well."


def unit(text: str, cells: tuple[RowCell, ...] = (), section: tuple[str, ...] = ()) -> Unit:
    return Unit("s", 0, len(text), text, text, "row" if cells else "sentence", section, cells=cells)


@pytest.mark.parametrize(
    ("question", "text", "another"),
    [
        ("What was found in trench 2?", "Trench 4 held charcoal.", True),
        ("What was found in trench 4?", "Trench 4 held charcoal.", False),
        ("What was found in trench 2?", "Charcoal was found.", True),  # the source knows trench 4
        ("What was found in trench 4?", "Charcoal was found.", False),
        ("What was found in span 2?", "Charcoal was found.", False),  # the source numbers no spans
        ("How many had class 2 disease?", "Class II was seen in four.", False),
        ("How many had class III disease?", "Class II was seen in four.", True),
        ("Did trench 2 hold more than trench 4?", "Trench 4 held charcoal.", False),
        ("How many patients 5 days later?", "Patient 3 did well.", False),
        ("Why was trench 2 closed?", "Trench 4 held charcoal.", False),
        ("How common is the strain M41?", "Strains H120 and M41 were used.", False),
    ],
)
def test_one_of_several_is_not_answered_by_another(question: str, text: str, another: bool) -> None:
    assert of_another_one(analyse(question), unit(text), TEXT) is another


def test_a_row_names_its_lot_under_the_head_of_its_column_or_as_its_label() -> None:
    asked = analyse("Endotoxin of lot 21")
    for head in ("Lot", ""):
        cells = (RowCell(head, "21"), RowCell("Endotoxin", "0.3"))
        assert not of_another_one(asked, unit("21: Endotoxin 0.3", cells), TEXT)
    cells = (RowCell("Lot", "22"), RowCell("Endotoxin", "0.3"))
    assert of_another_one(asked, unit("22: Endotoxin 0.3", cells), TEXT)


def test_a_heading_names_the_patient_of_the_sentences_below() -> None:
    below = unit("She recovered, as patient 3 had.", section=("Cases", "Patient 5"))
    assert not of_another_one(analyse("Did patient 5 recover?"), below, TEXT)


@pytest.mark.parametrize("text", ["after 500 cycles", "at week 12", "in May 12", "about 3 of them"])
def test_counts_and_times_designate_nothing(text: str) -> None:
    assert designated_in(text) == frozenset()
