from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscalimab_qa.evidence.figures.dates import dates_in
from iscalimab_qa.evidence.figures.number_words import number_of, number_of_words
from iscalimab_qa.evidence.figures.quantities import read_figures
from iscalimab_qa.evidence.figures.ratios import ratios_in


def told(text: str) -> list[tuple[str, str, str]]:
    return [(q.key, q.unit, q.sort) for q in read_figures(text).quantities]


@pytest.mark.parametrize(
    ("written", "key", "unit"),
    [
        ("63.1 %", "63.1", "%"),
        ("63.1 percent", "63.1", "%"),
        ("−2.8 points", "-2.8", "point"),
        ("1,204 mg", "1204", "mg"),
        ("0,5 mg", "0.5", "mg"),
        ("63·1%", "63.1", "%"),
        (".05 mg/kg", "0.05", "mg/kg"),
        ("0.4 µg/mL", "0.4", "ug/ml"),
        ("0.4 mcg/ml", "0.4", "ug/ml"),
        ("10 mg per kg", "10", "mg/kg"),
        ("55.8 mL/min/1.73 m2", "55.8", "ml/min/1.73m2"),
        ("twenty-one percent", "21", "%"),
        ("1.2 million L", "1200000", "l"),
        ("512 MPa", "512", "MPa"),
        ("20 nM", "20", "nM"),
    ],
)
def test_a_figure_has_one_spelling_with_its_unit(written: str, key: str, unit: str) -> None:
    assert told(f"it was {written}.")[0][:2] == (key, unit)


def test_a_time_point_and_a_span_of_time_are_the_same_time() -> None:
    for written in ("week 24", "week-24", "24 weeks", "24-week", "weeks 24", "24 wk"):
        assert told(f"at {written} ") == [("24", "week", "time")]


def test_the_members_of_a_list_share_the_unit_that_stands_once() -> None:
    assert told("0.03, 0.1, 0.3, 1 or 3 mg/kg") == [
        (key, "mg/kg", "measure") for key in ("0.03", "0.1", "0.3", "1", "3")
    ]
    assert told("weeks 0, 2, 4 and 8") == [(k, "week", "time") for k in ("0", "2", "4", "8")]


def test_a_list_of_labels_ends_where_a_new_count_begins() -> None:
    # "cohort 1 and 4/100": the 4 is no cohort
    assert told("9/173 in cohort 1 and 4/100 in cohort 2")[2:4] == [
        ("1", "cohort", "label"),
        ("4", "", "measure"),
    ]


def test_roman_and_arabic_labels_are_one_label() -> None:
    assert told("phase IIb") == told("phase 2b") == [("2b", "phase", "label")]


@pytest.mark.parametrize(
    ("written", "bound", "key"),
    [("p < .001", "<", "0.001"), ("P = 0.12", "=", "0.12"), ("p value of 0.12", "=", "0.12")],
)
def test_a_p_value_keeps_its_sign(written: str, bound: str, key: str) -> None:
    (quantity,) = read_figures(written).quantities
    assert (quantity.sort, quantity.bound, quantity.key) == ("p", bound, key)


def test_bounds_in_words_and_in_signs_are_the_same() -> None:
    for written in ("≥ 5", "at least 5", "5 or more", ">= 5", "no fewer than 5"):
        assert read_figures(f"with {written} points").quantities[0].bound == ">="


def test_names_with_digits_are_whole_and_no_figures() -> None:
    figures = read_figures("anti-CD40, IL-17A, 2018-004476-35 and NCT03610516 at 10 mg")
    assert [name.key for name in figures.names] == [
        "cd40",
        "il-17a",
        "2018-004476-35",
        "nct03610516",
    ]
    assert [(q.key, q.unit) for q in figures.quantities] == [("10", "mg")]


def test_one_sided_is_no_number_and_a_mere_one_is_loose() -> None:
    assert told("one-sided") == []
    assert read_figures("one of them").quantities[0].loose


def test_what_is_counted_is_the_last_word_of_the_phrase() -> None:
    sites, countries = read_figures("71 large sites in 23 countries").quantities
    assert (sites.noun, countries.noun) == ("site", "countri")


def test_parts_of_a_whole_are_read_in_every_spelling() -> None:
    for written in ("6/39", "6 of 39", "six out of the 39"):
        (ratio,) = ratios_in(written)
        assert (ratio.part.key, ratio.whole.key) == ("6", "39")


@pytest.mark.parametrize(
    "written", ["6 June 2023", "June 6, 2023", "2023-06-06", "6th of June 2023", "6 Jun. 2023"]
)
def test_a_date_is_one_date_in_every_spelling(written: str) -> None:
    (date,) = dates_in(f"on {written}, it ended")
    assert (date.year, date.month, date.day) == (2023, 6, 6)


def test_a_less_exact_date_follows_from_the_exact_one_and_never_the_reverse() -> None:
    (exact,), (month,), (year,) = map(dates_in, ("6 June 2023", "June 2023", "in 2023"))
    assert month.follows_from(exact)
    assert year.follows_from(month)
    assert not exact.follows_from(month)


def test_the_days_and_years_of_dates_are_no_quantities() -> None:
    assert told("from 1 October 2019 to 28 February 2022") == []


@given(st.decimals(0, 10**6, places=2, allow_nan=False))
def test_a_number_is_read_as_it_is_written_with_or_without_thousands(value: object) -> None:
    assert number_of(f"{value:,}") == number_of(str(value)) == value


@given(st.integers(21, 99).filter(lambda n: n % 10))
def test_numbers_in_words_are_the_numbers(number: int) -> None:
    tens = "twenty thirty forty fifty sixty seventy eighty ninety".split()[number // 10 - 2]
    ones = "one two three four five six seven eight nine".split()[number % 10 - 1]
    assert number_of_words(f"{tens}-{ones}") == number


def test_degrees_are_of_temperature_unless_something_else_is_said() -> None:
    def unit_of(text: str) -> str:
        return read_figures(text).quantities[0].unit

    assert unit_of("at 60 degrees") == unit_of("60 degrees Celsius") == unit_of("60 °C") == "°C"
    assert unit_of("58 degrees north") == unit_of("3 degrees of freedom") == ""
