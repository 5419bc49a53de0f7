"""The plots: their geometry worked by hand, and what they tell those who do not see them."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscalimab_qa.evaluation.intervals import Estimate
from iscalimab_qa.evaluation.plots import bars, histogram, reliability, verdict_grid, whisker

SVG = "{http://www.w3.org/2000/svg}"
SHARES = st.floats(0, 1)
BINS = st.lists(
    st.fixed_dictionaries(
        {"probability": SHARES, "answerable": SHARES, "n": st.integers(1, 500).map(float)}
    ),
    max_size=10,
)


def attributes(svg: str, tag: str) -> list[dict[str, str]]:
    return [element.attrib for element in ET.fromstring(svg).iter(SVG + tag)]


def told(svg: str) -> str:
    return ET.fromstring(svg).findtext(SVG + "desc", "")


def words(svg: str) -> list[str | None]:
    return [element.text for element in ET.fromstring(svg).iter(SVG + "text")]


def test_a_plot_is_one_image_with_a_name_and_its_values_in_words() -> None:
    svg = bars("Right, by type", {"per_arm": Estimate(0.5, 0.25, 0.75, 8)})
    root = ET.fromstring(svg)
    assert root.attrib["role"] == "img"
    assert root[0].tag == SVG + "title" and root[0].text == "Right, by type"
    assert root.attrib["aria-labelledby"] == root[0].attrib["id"]
    assert root.attrib["aria-describedby"] == root[1].attrib["id"]
    assert told(svg) == "per arm 0.50 (0.25 to 0.75), n 8"


def test_a_bar_is_as_long_as_its_share_of_the_room() -> None:
    # 380 wide, less 104 for the names and 96 for the numbers: 180, of which half is 90.
    (bar,) = attributes(bars("b", {"x": Estimate(0.5, 0.25, 0.75, 8)}), "rect")
    assert (bar["x"], bar["width"]) == ("104.0", "90.0")
    # The interval runs from 104 + 45 to 104 + 135.
    interval = attributes(bars("b", {"x": Estimate(0.5, 0.25, 0.75, 8)}), "line")[0]
    assert (interval["x1"], interval["x2"]) == ("149.0", "239.0")


def test_a_bin_stands_at_what_was_said_and_what_held() -> None:
    # Across: 40 + 328 x 0.25 = 122; up: 24 + 240 x (1 - 0.75) = 84.
    svg = reliability("Calibration", [{"probability": 0.25, "answerable": 0.75, "n": 12.0}])
    (point,) = attributes(svg, "circle")
    assert (point["cx"], point["cy"]) == ("122.0", "84.0")
    # The third tenth is hung under the diagram, and told.
    (bar,) = attributes(svg, "rect")
    assert bar["x"] == "107.6"
    assert "12" in words(svg)
    assert told(svg) == "said 0.25, answerable 0.75, n 12"


def test_a_certain_bin_stays_in_the_last_tenth() -> None:
    svg = reliability("Calibration", [{"probability": 1.0, "answerable": 1.0, "n": 1.0}])
    # The last tenth begins at 40 + 328 x 0.9 = 335.2, and two of margin.
    assert attributes(svg, "rect")[0]["x"] == "337.2"


def test_times_stand_on_a_logarithmic_axis_between_round_numbers() -> None:
    svg = histogram("Latency", [1.0, 10.0, 100.0], {"p50": 10.0})
    assert [w for w in words(svg) if w and w.isdigit()] == ["1", "2", "5", "10", "20", "50", "100"]
    assert told(svg) == "3 answers; p50 10.0 ms"
    # The middle of 12 to 368, as ten is the middle of one and a hundred.
    (quantile,) = [line for line in attributes(svg, "line") if "stroke-dasharray" in line]
    assert quantile["x1"] == "190.0"
    assert len(attributes(svg, "rect")) == 3


def test_a_clock_that_did_not_move_is_drawn_at_a_tenth_of_a_millisecond() -> None:
    svg = histogram("Latency", [0.0, 0.0], {"p50": 0.0, "p95": 0.0})
    assert next(w for w in words(svg) if w and "ms" not in w) == "0.1"
    assert len(attributes(svg, "rect")) == 1


def test_verdicts_are_counted_in_letters_too() -> None:
    svg = verdict_grid("Verdicts", {"answerable": {"answered": 3, "not_found": 1}})
    assert told(svg) == "answerable: answered 3, partial 0, not found 1"
    assert words(svg) == ["answered", "partial", "not found", "answerable", "3", "0", "1"]
    # Three quarters and a quarter of the same room; an empty cell has no bar.
    wide, small = (float(bar["width"]) for bar in attributes(svg, "rect"))
    assert wide == pytest.approx(3 * small, abs=0.2)


@pytest.mark.parametrize(
    "svg",
    [bars("b", {}), reliability("r", []), histogram("h", [], {}), verdict_grid("v", {})],
    ids=["bars", "reliability", "histogram", "verdicts"],
)
def test_a_plot_of_nothing_says_so(svg: str) -> None:
    assert "no question is eligible" in told(svg)
    assert not attributes(svg, "rect")


def test_a_difference_is_drawn_about_a_marked_zero() -> None:
    # From -1 to 1 over 6 to 114: zero at 60, a half at 87.
    svg = whisker(0.5, 0.25, 0.75, start=-1.0).replace("<svg ", f'<svg xmlns="{SVG[1:-1]}" ', 1)
    assert attributes(svg, "circle")[0]["cx"] == "87.0"
    assert any(line["x1"] == line["x2"] == "60.0" for line in attributes(svg, "line"))


def test_what_stands_in_a_plot_is_never_markup() -> None:
    hostile = '"><script>alert(1)</script>\u202e\x00'
    for svg in (
        bars(hostile, {hostile: Estimate(0.5, 0.4, 0.6, 3)}),
        histogram(hostile, [1.0], {hostile: 1.0}),
        verdict_grid(hostile, {hostile: {"answered": 1}}),
    ):
        assert not list(ET.fromstring(svg).iter(SVG + "script"))
        assert "\u202e" not in svg


@given(st.lists(st.floats(0, 1e9), min_size=1, max_size=30))
def test_every_time_is_drawn_within_the_plot(milliseconds: list[float]) -> None:
    svg = histogram("Latency", milliseconds, {"p50": milliseconds[0]})
    for bar in attributes(svg, "rect"):
        left, width = float(bar["x"]), float(bar["width"])
        assert left >= 0 and left + width <= 380
        assert float(bar["height"]) > 0


@given(BINS)
def test_every_bin_is_drawn_within_the_plot(bins: list[dict[str, float]]) -> None:
    svg = reliability("Calibration", bins)
    height = float(ET.fromstring(svg).attrib["viewBox"].split()[3])
    assert len(attributes(svg, "circle")) == len(bins)
    for bar in attributes(svg, "rect"):
        assert float(bar["y"]) + float(bar["height"]) <= height
