"""What a library tells of a drug's names: its code, and the brand it is sold under."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from iscalimab_qa.evidence.naming.learnt_drugs import learnt_drugs

TOLD: Mapping[str, tuple[str, str]] = {
    "Doxorix contains pelvanimab, which blocks a receptor.": ("pelvanimab", "Doxorix"),
    "The active substance in Doxorix is pelvanimab.": ("pelvanimab", "Doxorix"),
    "They took pelvanimab (Doxorix®) weekly.": ("pelvanimab", "Doxorix"),
    "Doxorix™ (pelvanimab) was infused.": ("pelvanimab", "Doxorix"),
    "We gave pelvanimab (brand name: Doxorix) by vein.": ("pelvanimab", "Doxorix"),
    "There pelvanimab is marketed as Doxorix.": ("pelvanimab", "Doxorix"),
    "Doxorix is the brand name of pelvanimab.": ("pelvanimab", "Doxorix"),
    "Doxorix 40 mg tablets. Doxorix contains pelvanoprene.": ("pelvanoprene", "Doxorix"),
    "Pelvanimab, formerly PX-7731, is an antibody.": ("pelvanimab", "PX-7731"),
}


@pytest.mark.parametrize(("text", "names"), TOLD.items())
def test_a_drug_has_the_names_that_a_text_gives_it(text: str, names: tuple[str, str]) -> None:
    assert [each.says for each in learnt_drugs((), [text])] == [names]


@pytest.mark.parametrize(
    "text",
    [
        "Milk contains calcium.",
        "It was measured by assays (Doxorix®).",
        "Pelvanimab was compared with Doxorix (placebo).",
        "Norvatek (pelvanimab) rose on the news.",
    ],
)
def test_a_food_a_kit_and_a_firm_are_no_brands(text: str) -> None:
    assert learnt_drugs((), [text]) == ()


def test_a_brand_that_two_drugs_are_given_is_neither_of_them() -> None:
    texts = ["Doxorix contains pelvanimab.", "Doxorix contains zorolimus."]
    assert learnt_drugs((), texts) == ()
