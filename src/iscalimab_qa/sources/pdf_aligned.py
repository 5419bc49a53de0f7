"""Rows whose cells line up -> a table, where no upright lines tell the columns apart.

Most tables of journals are ruled across only, and many not at all. Columns are found from
the rows that hold values; a table is made only where these are unambiguous, and otherwise
its lines stay as they are, each label with its values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from iscalimab_qa.sources.pdf_lines import Line, Word
from iscalimab_qa.sources.pdf_page import Box
from iscalimab_qa.sources.table_heads import is_value

# Distances are shares of the font size.
CELL_GAP = 0.7
"""Between cells of a table; the spaces inside one are as narrow as print has them."""
HEAD_GAP = 0.5
"""Heads stand closer than the values under them."""
_RULE_UNDER = 1.2
_SAME_ROW = 0.5
_TIGHT_STEP = 1.7
"""From baseline to baseline of a cell that goes on in the next line."""

_FEWEST_VALUE_ROWS = 2
_MOST_WORDS_A_CELL = 8
_MOST_WORDS_A_LABEL = 30
_FEWEST_FILLED = 0.6

_MOST_WORDS_A_VALUE = 4
_STARTS_WITH_FIGURE = re.compile(r"[<>≤≥=~±+–−-]{0,2}\s?\d")

_GOES_ON = re.compile(r"[a-z(\[]")
_LEFT_OPEN = re.compile(
    r"(?:[-–,/(]|\b(?:of|in|from|at|to|and|or|with|for|by|per|the|a|than|vs\.?))$"
)


@dataclass(frozen=True, slots=True)
class LineCell:
    """A cell: its lines, over how many columns it runs, and whether it goes on from above."""

    lines: tuple[str, ...]
    columns: int = 1
    continues: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in the cell."""
        return not any(line.strip() for line in self.lines)


Column = tuple[float, float]
"""Left and right of a column, in points."""

Grid = tuple[tuple[LineCell, ...], ...]
"""The rows of a table, heads first; every row covers all columns."""


@dataclass(frozen=True, slots=True)
class _Row:
    """Cells at one height."""

    cells: tuple[LineCell, ...]
    baseline: float
    size: float

    @property
    def label_only(self) -> bool:
        return not self.cells[0].is_empty and all(cell.is_empty for cell in self.cells[1:])

    @property
    def has_values(self) -> bool:
        return any(reads_as_value(" ".join(cell.lines)) for cell in self.cells[1:])

    @property
    def spans(self) -> bool:
        return any(cell.columns > 1 for cell in self.cells[1:])


def aligned_grid(
    lines: Sequence[Line],
    columns: Sequence[Column] | None = None,
    rules: Sequence[Box] = (),
) -> Grid | None:
    """Read lines that stand in columns as the rows of a table.

    Args:
        lines: Everything that is printed within the table, in any order.
        columns: Where the columns lie, if rulings say so.
        rules: Horizontal rules; a short one under a head says which columns it spans.

    Returns:
        The rows, or None if the lines are not clearly a table.
    """
    rows = list(_rows_by_height(lines))
    columns = columns or _columns(rows)
    if columns is None:
        return None
    placed: list[_Row] = []
    for row in rows:
        # Only heads span columns; they end with the first row that holds values.
        in_head = not any(one.has_values for one in placed)
        placed.append(_place(row, columns, rules if in_head else None))
    merged = _merge_wrapped(placed)
    return tuple(row.cells for row in merged) if _is_table(merged) else None


def holds_values(line: Line) -> bool:
    """Tell whether a line looks like a row: a label, and values apart from it."""
    return any(reads_as_value(cell.text) for cell in line.segments()[1:])


def reads_as_value(text: str) -> bool:
    """Tell a result, with its unit or count beside it (`-2.8 points`, `15.4% (6 patients)`)."""
    brief = len(text.split()) <= _MOST_WORDS_A_VALUE
    return is_value(text) or (brief and _STARTS_WITH_FIGURE.match(text) is not None)


def _rows_by_height(lines: Sequence[Line]) -> Iterator[Line]:
    """Put lines at one height side by side, from the top."""
    waiting: list[Line] = []
    for line in sorted(lines, key=lambda line: line.baseline):
        if waiting and line.baseline - waiting[0].baseline > _SAME_ROW * line.size:
            yield _side_by_side(waiting)
            waiting = []
        waiting.append(line)
    if waiting:
        yield _side_by_side(waiting)


def _side_by_side(lines: Sequence[Line]) -> Line:
    words = sorted((word for line in lines for word in line.words), key=lambda word: word.x0)
    return replace(lines[0], words=tuple(words))


def _columns(rows: Sequence[Line]) -> list[Column] | None:
    """Find the columns as the stretches that the cells of rows with values cover together."""
    cells = [row.segments(CELL_GAP) for row in rows]
    filled = [row for row in cells if any(reads_as_value(cell.text) for cell in row[1:])]
    if len(filled) < _FEWEST_VALUE_ROWS:
        return None
    stretches = sorted((cell.x0, cell.x1) for row in filled for cell in row)
    columns: list[Column] = []
    for x0, x1 in stretches:
        if columns and x0 <= columns[-1][1]:
            columns[-1] = (columns[-1][0], max(x1, columns[-1][1]))
        else:
            columns.append((x0, x1))
    return columns if len(columns) > 1 else None


def _place(row: Line, columns: Sequence[Column], rules: Sequence[Box] | None) -> _Row:
    """Put the pieces of a line into the columns they stand over; `rules` is None below the head."""
    pieces = list(_pieces(row, columns))
    texts: dict[int, list[str]] = {}
    spans: dict[int, int] = {}
    for piece in pieces:
        over = _over(piece, columns)
        if rules is not None:
            own = [rule for rule in _rules_under(row, rules) if _is_only_one(pieces, rule)]
            over = _spanned(piece, row.size, columns, own) or over
        texts.setdefault(over[0], []).append(piece.text)
        spans[over[0]] = max(spans.get(over[0], 1), len(over))
    cells: list[LineCell] = []
    index = 0
    while index < len(columns):
        # What starts in the first column runs on because it is long, not because it spans.
        wide = spans.get(index, 1) if index else 1
        text = " ".join(texts.get(index, ()))
        cells.append(LineCell((text,) if text else (), wide))
        index += wide
    return _Row(tuple(cells), row.baseline, row.size)


def _pieces(row: Line, columns: Sequence[Column]) -> Iterator[Word]:
    """Yield the cells of a line; one over several columns is cut where its words stand apart."""
    for piece in row.segments(CELL_GAP):
        if len(_over(piece, columns)) == 1:
            yield piece
        else:
            within = tuple(w for w in row.words if piece.x0 <= w.x0 and w.x1 <= piece.x1)
            yield from replace(row, words=within).segments(HEAD_GAP)


def _over(piece: Word, columns: Sequence[Column]) -> list[int]:
    """Return the columns a piece stands over, or the nearest one."""
    over = [i for i, (x0, x1) in enumerate(columns) if piece.x0 < x1 and x0 < piece.x1]
    return over or [
        min(range(len(columns)), key=lambda i: abs(_middle(*columns[i]) - piece.middle))
    ]


def _rules_under(row: Line, rules: Sequence[Box]) -> list[Box]:
    reach = row.baseline + _RULE_UNDER * row.size
    return [rule for rule in rules if row.baseline <= rule.top <= reach]


def _is_only_one(pieces: Sequence[Word], rule: Box) -> bool:
    """Tell whether a rule belongs to one head; two that touch look like one under both."""
    return sum(rule.x0 <= piece.middle <= rule.x1 for piece in pieces) == 1


def _spanned(
    piece: Word, size: float, columns: Sequence[Column], rules: Sequence[Box]
) -> list[int] | None:
    """Return the columns that a head spans: by the rule under it, or set in their middle."""
    for rule in rules:
        if rule.x0 <= piece.middle <= rule.x1:
            spanned = [i for i, x in enumerate(columns) if rule.x0 <= _middle(*x) <= rule.x1]
            if spanned and spanned[0] > 0:
                return spanned
    if any(x0 <= piece.middle <= x1 for x0, x1 in columns):
        return None  # the head of that column alone, as far as can be told
    right = next((i for i, (x0, _) in enumerate(columns) if x0 > piece.middle), len(columns))
    between = list(range(right - 1, right + 1))
    if between[0] < 1 or between[-1] >= len(columns):
        return None
    middle = _middle(columns[between[0]][0], columns[between[-1]][1])
    return between if abs(middle - piece.middle) <= size else None


def _middle(x0: float, x1: float) -> float:
    return (x0 + x1) / 2


def _merge_wrapped(rows: Sequence[_Row]) -> list[_Row]:
    """Join the lines of cells that take several."""
    merged: list[_Row] = []
    in_head = True
    for row in rows:
        in_head = in_head and not row.has_values
        above = merged[-1] if merged else None
        if above and _continues(above, row, in_head=in_head):
            merged[-1] = _joined(above, row)
        elif above and row.cells[0].is_empty and not in_head:
            merged.append(_labelled(row, above))
        else:
            merged.append(row)
    return merged


def _labelled(row: _Row, above: _Row) -> _Row:
    """Give a row its label: its only words, set in the middle, or the label above it."""
    filled = [cell for cell in row.cells if not cell.is_empty]
    if len(filled) == 1 and not row.has_values:
        return replace(row, cells=(LineCell(filled[0].lines), *_blank(len(row.cells) - 1)))
    label = replace(above.cells[0], continues=True)
    return replace(row, cells=(label, *row.cells[1:]))


def _blank(count: int) -> tuple[LineCell, ...]:
    return (LineCell(()),) * count


def _continues(above: _Row, row: _Row, *, in_head: bool) -> bool:
    """Tell whether a row only goes on with the cells of the row above."""
    if row.baseline - above.baseline > _TIGHT_STEP * max(row.size, above.size):
        return False
    if len(row.cells) != len(above.cells) or above.spans or row.spans:
        return False
    if row.cells[0].is_empty:
        # Values may stand at the middle of a label of two lines, an interval under its estimate.
        return in_head or above.label_only or _all_go_on(row, above)
    if not above.cells[0].lines:
        return in_head and not row.label_only
    label, label_above = row.cells[0].lines[0], above.cells[0].lines[-1]
    if in_head and not row.label_only:
        return True
    open_end = bool(_GOES_ON.match(label) or _LEFT_OPEN.search(label_above))
    return open_end and (row.label_only or above.label_only or _all_go_on(row, above))


def _all_go_on(row: _Row, above: _Row) -> bool:
    """Tell whether every value, such as `(0.5 to 1.1)`, goes on with one that is not like it."""
    return all(
        bool(two.lines) and _goes_on(one.lines[0], two.lines)
        for one, two in zip(row.cells[1:], above.cells[1:], strict=True)
        if one.lines
    )


def _goes_on(text: str, above: tuple[str, ...]) -> bool:
    starts = _GOES_ON.match(text) and not _GOES_ON.match(above[0])
    return bool(starts or _LEFT_OPEN.search(above[-1]))


def _joined(above: _Row, row: _Row) -> _Row:
    cells = tuple(
        LineCell(one.lines + two.lines, one.columns)
        for one, two in zip(above.cells, row.cells, strict=True)
    )
    return _Row(cells, row.baseline, row.size)


def _is_table(rows: Sequence[_Row]) -> bool:
    filled = [row for row in rows if row.has_values]
    if len(filled) < _FEWEST_VALUE_ROWS:
        return False
    others = [cell for row in rows for cell in row.cells[1:] if not cell.is_empty]
    words = fmean(len(" ".join(cell.lines).split()) for cell in others)
    longest = max(len(" ".join(row.cells[0].lines).split()) for row in rows)
    share = sum(1 for row in rows if not row.label_only) / len(rows)
    brief = words <= _MOST_WORDS_A_CELL and longest <= _MOST_WORDS_A_LABEL
    return brief and share >= _FEWEST_FILLED
