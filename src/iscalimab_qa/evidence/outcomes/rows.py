"""Outcomes from tables: arms in the columns, or arms in the rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from iscalimab_qa.evidence.outcomes.arm_names import cohort_in
from iscalimab_qa.evidence.outcomes.context import SourceView
from iscalimab_qa.evidence.outcomes.endpoints import endpoint_name, measure_of, statistic_of
from iscalimab_qa.evidence.outcomes.readings import Reading, read_cell, size_in, without_size
from iscalimab_qa.evidence.outcomes.time_points import one_time
from iscalimab_qa.evidence.outcomes.values import Measure, Outcome, Place
from iscalimab_qa.units import Unit

_ASIDE_HEADS: Sequence[tuple[str, re.Pattern[str]]] = (
    (
        "note",
        re.compile(
            r"\s*(?:notes?|remarks?|comments?|cautions?|references?|sources?|refs?\.?)\b.*", re.I
        ),
    ),
    ("p", re.compile(r".*\bp(?:[\s-]*values?)?\s*", re.I)),
    ("interval", re.compile(r"\W*(?:\d\d\s*%\s*)?(?:CI|confidence intervals?|CrI|IQR)\W*", re.I)),
    ("size", re.compile(r"\s*(?:n|N|no\.?\s+(?:of\s+)?(?:patients|participants|subjects))\s*")),
)
_NOT_MEASURED = re.compile(
    r"\b(?:dos(?:e|es|ing|age)|routes?|regimens?|schedule|randomi[sz]ed|enrolled|allocated"
    r"|assigned|screened|"
    r"baseline|characteristics?|inclusion|eligib\w+|criteria|sites?|cent(?:er|re)s|countries"
    r"|starting|"
    r"continued\s+with|entered)\b|\bpatients\s+(?:in|on)\b|^\s*(?:arms?|age(?!\s*(?:\d|[<>≤≥]))|sex|women|men"
    r"|female|male|"
    r"(?:mean|median)\s+age|weight|bmi|race)\b",
    re.IGNORECASE,
)
"""Rows that describe the trial or its participants. What is no such word is taken out before."""
_OF_RESULTS = re.compile(
    r"\b(?:from|versus|over|to|relative\s+to)\s+baseline\b"
    r"|\b(?:after|of|following|per|since)\s+(?:(?:the|any|each|one|two|three|first|second|third|last)\s+)*dos(?:e|es)\b"
    r"|\b(?:injection|infusion|surgical|access|puncture|application|implant|wound|donor)[\s-]sites?\b",
    re.IGNORECASE,
)
"""A change "from baseline", a titre "after two doses", pain "at the injection site"."""
_DESCRIBES = re.compile(
    r"\b(?:baseline|demographics?|characteristics?|cohorts?\s+of|doses\s+tested|randomi[sz]ed\s+in|"
    r"eligibility|schedule\s+of)\b",
    re.IGNORECASE,
)
_ARM_COLUMN = re.compile(
    r"\s*(?:study\s+|treatment\s+|trial\s+)?(?:arms?|groups?|treatments?|regimens?"
    r"|interventions?|drugs?|therapy)\b.*",
    re.IGNORECASE,
)
_BARE_LABEL = re.compile(
    r"\W*(?:n|no\.?|mean|median|sd|se|n\s*\(%\)|%|value|total|all|yes|(?:mean"
    r"|median)\s*\(\w+\))?\W*",
    re.IGNORECASE,
)
_CAPTION_LEAD = re.compile(r"^\s*(?:supplementary\s+)?table\s*[\w.]*\s*[:.–-]*\s*", re.IGNORECASE)
_SENSE = re.compile(r"[A-Za-z]{2}")


class _Cell(NamedTuple):
    head: str
    text: str
    start: int


class _Figure(NamedTuple):
    """A cell as it is read: what it measures, in which arm, and what stands beside it."""

    cell: _Cell
    reading: Reading
    endpoint: str
    arm: str
    arm_n: int | None
    note: str


def row_outcomes(view: SourceView, units: Iterable[Unit]) -> Iterator[Outcome]:
    """Yield the outcomes of a source's table rows, cell by cell.

    A table without arms yields none, and so does a row that describes the participants.
    """
    for _, rows in groupby(units, key=_table_of):
        table = [unit for unit in rows if unit.kind == "row" and unit.cells]
        if table and not _DESCRIBES.search(_OF_RESULTS.sub(" ", _told(table[0], "caption"))):
            yield from _table_outcomes(view, table)


def _table_of(unit: Unit) -> tuple[object, ...]:
    heads = [piece[:3] for piece in unit.context if piece.role in {"caption", "column"}]
    return unit.kind, unit.section, *heads


def _table_outcomes(view: SourceView, table: Sequence[Unit]) -> Iterator[Outcome]:
    arms = view.reader.arms
    label_head = table[0].cells[0].head
    heads = {cell.head for unit in table for cell in unit.cells[1:]}
    if any(_aside(head) is None and _is_arm(view, head) for head in heads):
        read = _by_columns
    elif _ARM_COLUMN.fullmatch(label_head) or all(
        arms.named_in(unit.cells[0].text) for unit in table
    ):
        read = _by_row
    else:
        return
    for unit in table:
        for figure in read(unit):
            yield _outcome(view, unit, figure)


def _aside(head: str) -> str | None:
    return next((role for role, shape in _ASIDE_HEADS if shape.fullmatch(head)), None)


def _is_arm(view: SourceView, head: str) -> bool:
    return size_in(head) is not None or view.reader.arms.named_in(head)


def _cells(unit: Unit) -> list[_Cell]:
    """Find each cell's place in the row; cells stand in the order of their columns."""
    cells: list[_Cell] = []
    place = 0
    for cell in unit.cells:
        found = unit.quote.find(cell.text, place)
        if found >= 0:
            cells.append(_Cell(cell.head, cell.text, unit.start + found))
            place = found + len(cell.text)
    return cells


def _by_columns(unit: Unit) -> Iterator[_Figure]:
    label, *cells = _cells(unit)
    endpoint = _endpoint(unit, label.text)
    if not _is_measured(endpoint):
        return
    beside = _beside(cells)
    for cell, follower in zip(cells, [*cells[1:], None], strict=True):
        if _aside(cell.head) or not _SENSE.search(cell.head):
            continue
        reading = read_cell(cell.text, f"{endpoint}\n{cell.head}")
        if reading is None:
            continue
        if follower and _aside(follower.head) == "interval":
            reading = reading._replace(interval=reading.interval or follower.text)
        reading = reading._replace(p=reading.p or beside.get("p", ""))
        note, size = beside.get("note", ""), size_in(cell.head)
        yield _Figure(cell, reading, endpoint, cell.head, size, note)


def _by_row(unit: Unit) -> Iterator[_Figure]:
    label, *cells = _cells(unit)
    beside = _beside(cells)
    size = size_in(label.text) or _whole(beside.get("size", ""))
    for cell in cells:
        endpoint = _endpoint(unit, cell.head)
        reading = read_cell(cell.text, cell.head)
        if reading and not _aside(cell.head) and _is_measured(endpoint):
            reading = reading._replace(p=reading.p or beside.get("p", ""))
            yield _Figure(cell, reading, endpoint, label.text, size, beside.get("note", ""))


def _beside(cells: Iterable[_Cell]) -> dict[str, str]:
    """Return what a row says beside its figures: note, p value, interval, size."""
    return {role: cell.text for cell in cells if (role := _aside(cell.head))}


def _is_measured(endpoint: str) -> bool:
    return bool(endpoint) and not _NOT_MEASURED.search(_OF_RESULTS.sub(" ", endpoint))


def _whole(text: str) -> int | None:
    digits = text.replace(",", "").strip()
    return int(digits) if digits.isdecimal() else None


def _endpoint(unit: Unit, label: str) -> str:
    """Name what a row measures: its label, or what stands above where the label says too little.

    A label that is only a time or a statistic is read under its group or the table's caption.
    """
    time = one_time(label)
    rest = label.replace(time.written, " ") if time else label
    if not _BARE_LABEL.fullmatch(re.sub(r"\b(?:at|by|to)\b", " ", rest)):
        return label.strip()
    above = _told(unit, "group") or _CAPTION_LEAD.sub("", _told(unit, "caption"))
    return ", ".join(filter(None, [above.strip(" ."), label.strip()]))


def _told(unit: Unit, role: str) -> str:
    return next((piece.quote for piece in unit.context if piece.role == role), "")


def _time(unit: Unit, *nearest: str) -> str:
    """Return the time point that stands nearest to a cell; the first words with one decide."""
    further = [_told(unit, "group"), _told(unit, "caption"), *reversed(unit.section[1:])]
    return next((time.written for words in (*nearest, *further) if (time := one_time(words))), "")


def _outcome(view: SourceView, unit: Unit, figure: _Figure) -> Outcome:
    cell, reading, endpoint, arm, arm_n, note = figure
    compared = view.reader.arms.is_comparison(arm)
    trial = view.trial_of(unit)
    return Outcome(
        trial=trial,
        indication=view.reader.indication(trial),
        endpoint=endpoint_name(endpoint) or endpoint,
        arm=without_size(arm),
        arm_n=None if compared else arm_n,
        time=_time(unit, cell.text, arm, endpoint),
        measure=_measure(figure, compared=compared),
        statistic=statistic_of(f"{endpoint} {arm} {cell.text}"),
        value=reading.value,
        unit=reading.unit,
        count=reading.counted,
        interval=reading.interval,
        p=reading.p,
        cohort=cohort_in(arm) or cohort_in(endpoint) or cohort_in(_told(unit, "caption")),
        note=note,
        preclinical=view.preclinical(unit),
        kind="row",
        place=Place(unit.source_id, unit.start, unit.end, unit.quote, unit.context),
        value_start=cell.start + reading.start,
        value_end=cell.start + reading.end,
        source=view.metadata,
    )


def _measure(figure: _Figure, *, compared: bool) -> Measure:
    if figure.reading.told:
        return "statement"
    words = f"{figure.endpoint} {figure.arm}"
    reading = figure.reading
    return measure_of(words, unit=reading.unit, count=reading.counted, compared=compared)
