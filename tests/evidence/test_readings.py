from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscalimab_qa.evidence.outcomes.readings import read_cell, set_aside, size_in, without_size
from iscalimab_qa.evidence.outcomes.time_points import time_key, times_in


@pytest.mark.parametrize(
    ("cell", "head", "value", "unit", "count"),
    [
        ("63.1%", "", "63.1", "%", ""),
        ("63.1 %", "", "63.1", "%", ""),
        ("6 (15.4%)", "", "15.4", "%", "6"),
        ("6/39 (15.4%)", "", "15.4", "%", "6/39"),
        ("15.4% (6 of 39)", "", "15.4", "%", "6 of 39"),
        ("7 of 15 (47%)", "", "47", "%", "7 of 15"),
        ("17 of 22", "", "17 of 22", "", "17 of 22"),
        ("126 (62.7)", "PASI 75, n (%)", "62.7", "%", "126"),
        ("−2.8 points", "", "−2.8", "points", ""),
        ("69 mL/min/1.73 m2", "", "69", "mL/min/1.73 m2", ""),
        ("1,204", "", "1,204", "", ""),
        ("<0.5 mg/dL", "", "<0.5", "mg/dL", ""),
        ("about 7 days", "", "about 7", "days", ""),
        ("3.1", "Yield, kg", "3.1", "kg", ""),
    ],
)
def test_a_cell_is_read_as_value_unit_and_count(
    cell: str, head: str, value: str, unit: str, count: str
) -> None:
    reading = read_cell(cell, head)
    assert reading is not None
    assert (reading.value, reading.unit, reading.counted) == (value, unit, count)
    assert cell[reading.start : reading.end] == reading.value
    assert not reading.told


@pytest.mark.parametrize(
    "cell", ["no difference", "78, 98 and 100 days", "15.3 to 4.0 IU/L", "none"]
)
def test_words_and_several_figures_are_told_and_no_figure(cell: str) -> None:
    reading = read_cell(cell, "")
    assert reading is not None
    assert reading.told
    assert reading.value == cell


@pytest.mark.parametrize("cell", ["", "-", "—", "NR", "n/a", "not reported", "no data"])
def test_a_silent_cell_has_no_reading(cell: str) -> None:
    assert read_cell(cell, "") is None


@pytest.mark.parametrize(
    ("cell", "interval", "p"),
    [
        (
            "1.173 (80% CI 0.94 to 1.47; one-sided p = 0.18)",
            "80% CI 0.94 to 1.47",
            "one-sided p = 0.18",
        ),
        ("2.8% (-8.1 to 13.8), non-inferior", "-8.1 to 13.8", ""),
        ("0.71 [0.39, 1.30]", "0.39, 1.30", ""),
        ("4.2 ± 1.1", "± 1.1", ""),
        ("4.2 (SD 1.1)", "SD 1.1", ""),
        ("40%, p<0.001", "", "p<0.001"),
    ],
)
def test_interval_and_p_value_are_set_aside(cell: str, interval: str, p: str) -> None:
    reading = read_cell(cell, "")
    assert reading is not None
    assert (reading.interval, reading.p) == (interval, p)


def test_an_arms_head_is_its_name_and_its_size() -> None:
    assert size_in("Iscalimab 3 mg/kg SC (n = 8), cohort 1") == 8
    assert without_size("Drug 3 mg/kg SC (n = 8), cohort 1") == "Drug 3 mg/kg SC, cohort 1"
    assert size_in("Drug (n = 8) versus placebo (n = 4)") is None
    assert without_size("Drug (arm n not read)") == "Drug"


@given(st.text(max_size=60))
def test_setting_aside_keeps_every_offset(text: str) -> None:
    assert len(set_aside(text).rest) == len(text)


@given(st.text(alphabet="0123456789.,%()-–/ abCIp=<nof", max_size=40))
def test_a_reading_is_a_stretch_of_its_cell(cell: str) -> None:
    reading = read_cell(cell, "")
    assert reading is None or cell[reading.start : reading.end] == reading.value


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("at week 24", "week 24"),
        ("after 24 weeks", "week 24"),
        ("the 24-week results", "week 24"),
        ("Efficacy (24 Weeks)", "week 24"),
        ("W24", "week 24"),
        ("at one year", "month 12"),
        ("by month 12", "month 12"),
        ("from baseline to week 24", "week 24"),
        ("weeks 24 to 48", "week 24-48"),
    ],
)
def test_one_time_has_one_key_in_all_its_spellings(text: str, key: str) -> None:
    assert [time.key for time in times_in(text)] == [key]


@pytest.mark.parametrize(
    "text",
    ["every 4 weeks", "aged 12 years", "survived 78 days", "weeks 0, 2, 4 and 8", "Gout Week 2034"],
)
def test_how_often_how_old_and_how_long_are_no_time_points(text: str) -> None:
    assert times_in(text) == []


def test_a_written_time_has_its_key_again() -> None:
    for text in ("after 24 weeks", "at week 24", "at one year", "the 24-week results"):
        (time,) = times_in(text)
        assert time_key(time.written) == time.key
