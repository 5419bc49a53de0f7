from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscalimab_qa.evidence.naming.trial_names import (
    NameFinder,
    acronyms_in,
    name_key,
    names_said_together,
    numbers_in,
    registry_of,
)
from iscalimab_qa.evidence.trials.identity import NameGroup, identify


def never(_: str) -> bool:
    return False


def together(text: str) -> list[tuple[str, ...]]:
    return [named.names for named in names_said_together(text, never)]


@pytest.mark.parametrize(
    ("name", "registry"),
    [
        ("NCT00000001", "nct"),
        ("nct 00000001", "nct"),
        ("2019-001234-56", "eudract"),
        ("2022-501234-12-00", "ctis"),
        ("ISRCTN12345678", "isrctn"),
        ("jRCT2031200001", "jrct"),
        ("ACTRN12619000001234", "actrn"),
        ("ORCHID-2", None),
        ("NCT0000001", None),
    ],
)
def test_a_registry_number_is_known_by_its_shape(name: str, registry: str | None) -> None:
    assert registry_of(name) == registry


def test_a_number_inside_another_is_none() -> None:
    assert [n.name for n in numbers_in("2022-501234-12-00; XNCT00000001; 2019-001234-567")] == [
        "2022-501234-12-00"
    ]


def test_spaces_dashes_case_and_roman_numerals_do_not_make_another_name() -> None:
    assert len({name_key(n) for n in ("ORCHID-2", "Orchid 2", "ORCHID II", "ORCHID–2")}) == 1
    assert name_key("ORCHID-2") != name_key("ORCHID-12")


@pytest.mark.parametrize(
    "text",
    [
        "We ran ORCHID-2 (NCT00000001, EudraCT 2019-001234-56, CABC123B2201).",
        "ORCHID-2, NCT00000001 and EudraCT number 2019-001234-56; code CABC123B2201, began.",
    ],
)
def test_names_in_one_apposition_are_one_trials(text: str) -> None:
    (names,) = together(text)
    assert set(names) == {"ORCHID-2", "NCT00000001", "2019-001234-56", "CABC123B2201"}


def test_two_numbers_of_one_register_are_two_trials() -> None:
    assert together("The LILY programme (NCT00000001, NCT00000002) is large.") == [
        ("NCT00000001",),
        ("NCT00000002",),
    ]


def test_the_name_at_the_end_of_a_headings_line_is_its_numbers() -> None:
    assert together("NCT00000001: examplimab in gout (ORCHID)\n\nNCT00000002 is another.") == [
        ("NCT00000001", "ORCHID"),
        ("NCT00000002",),
    ]


def test_an_abbreviation_that_the_text_spells_out_is_no_trial() -> None:
    text = "Non-small cell lung cancer (NSCLC) is common. The NSCLC trial NCT00000001 was small."
    assert together(text) == [("NCT00000001",)]


def test_a_drugs_code_beside_a_number_is_no_name_of_the_trial() -> None:
    assert together("examplimab (ABC-123; NCT00000001)") == [("NCT00000001",)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("In the ORCHID trial, pain fell.", ["ORCHID"]),
        ("The LILAC-3 study enrolled adults.", ["LILAC-3"]),
        ("The MRI study and the COVID-19 trial; an IL-6 trial.", []),
        ("A small trial was run.", []),
        ("ORCHID was a double-blind, phase 3 non-inferiority trial.", ["ORCHID"]),
        ("We end LILAC-1 and LILAC-2, the two phase 3 studies of it.", ["LILAC-1", "LILAC-2"]),
        ("It met the primary endpoint of ORCHID-301.", ["ORCHID-301"]),
        ("The earlier trial ORCHID-104 was small.", ["ORCHID-104"]),
        ("The AUROC was a measure of the trial; ALSFRS was the outcome in a study.", []),
        ("The primary endpoint of EASI response.", []),
    ],
)
def test_capitals_before_the_word_trial_are_an_acronym(text: str, names: list[str]) -> None:
    assert [named.names[0] for named in acronyms_in(text, never)] == names


def test_a_single_letter_behind_a_dash_belongs_to_a_trials_name() -> None:
    assert together("BEAGLE-K (NCT00000001) goes on.") == [("NCT00000001", "BEAGLE-K")]


def test_a_known_name_is_found_whole_only() -> None:
    find = NameFinder(["ORION", "ORION-10", "NCT00000001"], never)
    keys = [key for key, _, _ in find("ORION-10, ORION-11, ORION and nct00000001")]
    assert keys == ["orion10", "orion", "nct00000001"]


def test_an_acronym_that_is_an_ordinary_word_as_well_is_found_in_capitals_only() -> None:
    find = NameFinder(["RECOVERY"], {"recovery"}.__contains__)
    assert [start for _, start, _ in find("recovery in RECOVERY")] == [12]


def test_a_name_that_is_said_of_two_trials_names_neither_and_joins_nothing() -> None:
    found = identify(
        [
            NameGroup(("NCT00000001", "ORCHID", "ABC-123"), trusted=True),
            NameGroup(("NCT00000002", "LILY", "ABC-123"), trusted=True),
        ]
    )
    assert found.trial_of["orchid"] == "NCT00000001"
    assert found.trial_of["lily"] == "NCT00000002"
    assert "abc123" not in found.trial_of
    assert found.shared["abc123"] == ("NCT00000001", "NCT00000002")


def test_metadata_outweighs_what_a_text_says_of_a_name() -> None:
    found = identify(
        [
            NameGroup(("NCT00000001", "ORCHID"), trusted=True),
            NameGroup(("NCT00000002", "ORCHID"), trusted=False),
        ]
    )
    assert found.trial_of["orchid"] == "NCT00000001"


def test_names_without_a_number_make_a_trial_of_their_own() -> None:
    found = identify([NameGroup(("ORCHID", "CABC123B2201"), trusted=True)])
    assert found.names == {"ORCHID": ("ORCHID", "CABC123B2201")}


numbers = st.integers(1, 4).map(lambda n: f"NCT0000000{n}")
words = st.sampled_from(["ORCHID", "LILY", "ROSE-2", "2019-001234-56", "CABC123B2201"])
groups = st.lists(
    st.tuples(numbers, st.lists(words, max_size=3)).map(
        lambda pair: NameGroup((pair[0], *pair[1]), trusted=False)
    ),
    max_size=8,
)


@given(groups)
def test_two_numbers_of_one_register_are_never_joined_by_what_texts_say(
    said: list[NameGroup],
) -> None:
    found = identify(said)
    for names in found.names.values():
        assert sum(registry_of(name) == "nct" for name in names) == 1


@given(groups)
def test_every_name_is_one_trials_or_shared(said: list[NameGroup]) -> None:
    found = identify(said)
    keys = {name_key(name) for group in said for name in group.names}
    assert keys == found.trial_of.keys() | found.shared.keys()
    assert not found.trial_of.keys() & found.shared.keys()
