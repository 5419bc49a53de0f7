"""The plots of an evaluation as SVG: pure functions of numbers, each with its words beside it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from iscalimab_qa.evaluation.intervals import Estimate
from iscalimab_qa.evaluation.markup import readable
from iscalimab_qa.evaluation.summary import BINS
from iscalimab_qa.evaluation.svg import (
    LETTERS,
    QUIET,
    WIDTH,
    box,
    dot,
    figure,
    line,
    text,
)

_NO_DATA = "no question is eligible"


# --- a bar a name ---------------------------------------------------------------------

_NAMES = 104
"""Room for the names left of the bars, and `_VALUES` for the numbers right of them."""

_VALUES = 96
_ROW = 24
_TOP = 8


def bars(title: str, means: Mapping[str, Estimate]) -> str:
    """Draw a share in [0, 1] a name as a bar with its interval, in the order given."""
    told = "; ".join(f"{readable(name)} {_told(mean)}" for name, mean in means.items())
    rows = "".join(
        _bar(_TOP + index * _ROW, readable(name), mean)
        for index, (name, mean) in enumerate(means.items())
    )
    height = _TOP + max(len(means), 1) * _ROW
    return figure(title, told or _NO_DATA, height, rows or text(0, height / 2, _NO_DATA))


def _told(mean: Estimate) -> str:
    return f"{mean.mean:.2f} ({mean.low:.2f} to {mean.high:.2f}), n {mean.n}"


def _bar(top: float, name: str, mean: Estimate) -> str:
    middle, room = top + _ROW / 2, WIDTH - _NAMES - _VALUES
    letters = middle + LETTERS / 3
    return (
        text(0, letters, name, fill="currentColor")
        + box(_NAMES, top + 5, room * _share(mean.mean), _ROW - 10)
        + _interval(_NAMES + room * mean.low, _NAMES + room * mean.high, middle)
        + text(WIDTH - _VALUES + 44, letters, f"{mean.mean:.2f}", anchor="end", fill="currentColor")
        + text(WIDTH, letters, f"n {mean.n:.0f}", anchor="end")
    )


def _share(value: float) -> float:
    return min(max(value, 0.0), 1.0)


def _interval(left: float, right: float, middle: float) -> str:
    ends = "".join(line(x, middle - 3, x, middle + 3, stroke="currentColor") for x in (left, right))
    return line(left, middle, right, middle, stroke="currentColor") + ends


# --- calibration ----------------------------------------------------------------------

_LEFT, _RIGHT, _ABOVE, _BELOW = 40, 12, 24, 42
"""Margins of the diagram; above and below it stand the names of its axes."""

_SIDE = 240
_DEEPEST = 34
"""Height of the fullest bin's bar under the diagram."""

_QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)


def reliability(title: str, bins: Sequence[Mapping[str, float]]) -> str:
    """Draw how often the library answers against how likely the system held that to be.

    Below the diagram stands how many questions each tenth of the probability holds; on the
    dashed diagonal the two agree.

    Args:
        title: The plot's name.
        bins: As `summary.calibration` gives them.
    """
    told = "; ".join(
        f"said {each['probability']:.2f}, answerable {each['answerable']:.2f}, n {each['n']:.0f}"
        for each in bins
    )
    most = max((each["n"] for each in bins), default=1.0)
    body = (
        _frame()
        + _path(bins)
        + "".join(dot(_x(each["probability"]), _y(each["answerable"])) for each in bins)
        + "".join(_bin(each, most) for each in bins)
    )
    return figure(title, told or _NO_DATA, _y(0) + _BELOW + _DEEPEST + 18, body)


def _x(share: float) -> float:
    return _LEFT + (WIDTH - _LEFT - _RIGHT) * _share(share)


def _y(share: float) -> float:
    return _ABOVE + _SIDE * (1 - _share(share))


def _frame() -> str:
    across = "".join(line(_x(0), _y(v), _x(1), _y(v)) for v in _QUARTERS)
    left = "".join(text(_LEFT - 8, _y(v) + 4, f"{v:g}", anchor="end") for v in _QUARTERS)
    under = "".join(text(_x(v), _y(0) + 18, f"{v:g}", anchor="middle") for v in _QUARTERS)
    agree = line(_x(0), _y(0), _x(1), _y(1), stroke=QUIET, dashed=True)
    names = text(_x(1), _y(0) + 34, "probability said", anchor="end")
    return across + left + under + agree + names + text(0, LETTERS, "share answerable")


def _path(bins: Sequence[Mapping[str, float]]) -> str:
    places = [(_x(each["probability"]), _y(each["answerable"])) for each in bins]
    return "".join(line(*left, *right, stroke="currentColor") for left, right in pairwise(places))


def _bin(each: Mapping[str, float], most: float) -> str:
    """Return a bin's bar, hanging in its tenth, with its number below."""
    tenth = min(int(each["probability"] * BINS), BINS - 1)
    left, right = _x(tenth / BINS), _x((tenth + 1) / BINS)
    top, deep = _y(0) + _BELOW, _DEEPEST * each["n"] / most
    count = text((left + right) / 2, top + deep + 14, f"{each['n']:.0f}", anchor="middle")
    return box(left + 2, top, right - left - 4, deep) + count


# --- latency --------------------------------------------------------------------------

_TALL = 120
_PER_TENFOLD = 12
"""Bars for each tenfold of time."""

_SHORTEST, _LONGEST = 0.1, 1e7
"""Milliseconds between which every time is drawn: a clock that did not move, and three hours."""

_ROUND = tuple(float(f"{step}e{power}") for power in range(-1, 8) for step in (1, 2, 5))
"""Where an axis may begin, end and have its numbers."""


class _Axis(NamedTuple):
    """Milliseconds from `low` to `high`, both round, by logarithm."""

    low: float
    high: float

    def x(self, milliseconds: float) -> float:
        """Return where a time stands."""
        share = math.log(_drawn(milliseconds) / self.low) / math.log(self.high / self.low)
        return _RIGHT + (WIDTH - 2 * _RIGHT) * _share(share)

    @property
    def ticks(self) -> Sequence[float]:
        """The round numbers on it, ends included."""
        return [each for each in _ROUND if self.low <= each <= self.high]


def _drawn(milliseconds: float) -> float:
    return min(max(milliseconds, _SHORTEST), _LONGEST)


def histogram(title: str, milliseconds: Sequence[float], marks: Mapping[str, float]) -> str:
    """Draw how often an answer took how long, on a logarithmic axis.

    Args:
        title: The plot's name.
        milliseconds: One a question.
        marks: Quantiles by their names, drawn as lines with both.
    """
    if not milliseconds:
        return figure(title, _NO_DATA, _ROW, text(0, _ROW / 2, _NO_DATA))
    axis = _axis([*milliseconds, *marks.values()])
    told = "; ".join(f"{name} {value:.1f} ms" for name, value in marks.items())
    floor = _TOP + len(marks) * 16 + _TALL
    body = _columns(milliseconds, axis, floor) + _ticks(axis, floor) + _marked(marks, axis, floor)
    return figure(title, f"{len(milliseconds)} answers; {told}", floor + 36, body)


def _axis(times: Sequence[float]) -> _Axis:
    low = max(each for each in _ROUND if each <= _drawn(min(times)))
    return _Axis(low, min(each for each in _ROUND if each >= _drawn(max(times)) and each > low))


def _columns(taken: Sequence[float], axis: _Axis, floor: float) -> str:
    bins = max(_PER_TENFOLD, round(_PER_TENFOLD * math.log10(axis.high / axis.low)))
    width = (WIDTH - 2 * _RIGHT) / bins
    counts = [0] * bins
    for each in taken:
        counts[min(int((axis.x(each) - _RIGHT) / width), bins - 1)] += 1
    return "".join(
        box(_RIGHT + index * width + 1, floor - tall, width - 2, tall)
        for index, count in enumerate(counts)
        if (tall := _TALL * count / max(counts))
    )


def _ticks(axis: _Axis, floor: float) -> str:
    words = "".join(
        text(axis.x(each), floor + 16, f"{each:g}", anchor="middle") for each in axis.ticks
    )
    base = line(_RIGHT, floor, WIDTH - _RIGHT, floor)
    return base + words + text(WIDTH - _RIGHT, floor + 32, "milliseconds", anchor="end")


def _marked(marks: Mapping[str, float], axis: _Axis, floor: float) -> str:
    """Return the quantiles' lines; each name has a line of its own, so that none overlap."""
    parts = []
    for index, (name, value) in enumerate(marks.items()):
        x, y = axis.x(value), _TOP + index * 16
        anchor = "end" if x > WIDTH / 2 else "start"
        words = f"{name} {value:.1f} ms"
        parts.append(line(x, y - 4, x, floor, stroke="currentColor", dashed=True))
        parts.append(text(x + (-5 if anchor == "end" else 5), y + 6, words, anchor=anchor))
    return "".join(parts)


# --- verdicts -------------------------------------------------------------------------

VERDICTS = ("answered", "partial", "not_found")


def verdict_grid(title: str, counts: Mapping[str, Mapping[str, int]]) -> str:
    """Draw how many questions of each kind got which verdict, a bar a cell.

    Args:
        title: The plot's name.
        counts: As `summary.verdicts` gives them: kind of question to verdict to count.
    """
    told = "; ".join(
        f"{kind}: " + ", ".join(f"{readable(v)} {row.get(v, 0)}" for v in VERDICTS)
        for kind, row in counts.items()
    )
    heads = "".join(
        text(_column(index), _TOP + LETTERS, readable(verdict))
        for index, verdict in enumerate(VERDICTS)
    )
    rows = "".join(
        _kind(_TOP + 26 + index * 44, kind, row) for index, (kind, row) in enumerate(counts.items())
    )
    return figure(title, told or _NO_DATA, _TOP + 26 + len(counts) * 44, heads + rows)


def _column(index: int) -> float:
    return _NAMES + index * (WIDTH - _NAMES) / len(VERDICTS)


def _kind(top: float, kind: str, row: Mapping[str, int]) -> str:
    room = (WIDTH - _NAMES) / len(VERDICTS) - 34
    total = sum(row.values()) or 1
    cells = []
    for index, verdict in enumerate(VERDICTS):
        count, left = row.get(verdict, 0), _column(index)
        wide = room * count / total
        cells.append(box(left, top + 8, wide, 18) if count else "")
        cells.append(text(left + (wide + 6 if count else 0), top + 21, f"{count}"))
    return line(0, top, WIDTH, top) + text(0, top + 21, kind, fill="currentColor") + "".join(cells)


# --- within a table -------------------------------------------------------------------

_SMALL = 120


def whisker(mean: float, low: float, high: float, *, start: float = 0.0) -> str:
    """Draw a value in [start, 1] with its interval on a line, for a cell whose row tells it.

    Args:
        mean: The value.
        low: Lower end of its interval.
        high: Upper end.
        start: Where the line begins; -1 for differences, whose zero is then marked.
    """
    at = [6 + (_SMALL - 12) * _share((v - start) / (1 - start)) for v in (low, mean, high, 0.0)]
    zero = line(at[3], 2, at[3], 16, stroke=QUIET) if start < 0 else ""
    return (
        f'<svg class="whisker" viewBox="0 0 {_SMALL} 18" aria-hidden="true">'
        f"{line(6, 9, _SMALL - 6, 9)}{zero}{_interval(at[0], at[2], 9)}{dot(at[1], 9)}</svg>"
    )
