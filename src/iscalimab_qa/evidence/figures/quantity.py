"""The values that figures are read into."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

Sort = Literal["measure", "count", "size", "time", "p", "label"]
"""`size` is an arm's or a sample's n; `label` a name with a number ("phase 2a", "cohort 1")."""

Bound = Literal["", "=", "<", "<=", ">", ">="]

PLAIN = str.maketrans(
    dict.fromkeys("−–‒—﹣－", "-")
    | dict.fromkeys("\u00a0\u202f\u2009\u2007\u2002\u2003", " ")
    | {
        "\n": "|",
        "µ": "u",
        "μ": "u",
        "·": ".",
        "∙": ".",
        "⋅": ".",
        "％": "%",
        "≦": "≤",
        "≧": "≥",
        "＝": "=",
    }
)
"""One character for one, so that places in the plain text are places in the text. A line's end
is a bar: no figure, list or noun goes on over it."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure of a text.

    `text[start:end]` is the number with its unit. `key` is the number in one spelling
    ("63.1", "-2.8", "2a"), `value` the same as a number (None for a label with a letter).
    `unit` is canonical, the label's word for a `label`, empty where there is none. `noun`
    is the stem of what is counted or measured ("patient"), empty where nothing follows.
    `loose` marks a "one" that may be no number at all.
    """

    start: int
    end: int
    key: str
    value: Decimal | None
    unit: str
    sort: Sort
    bound: Bound = ""
    noun: str = ""
    loose: bool = False


class Name(NamedTuple):
    """A name that holds a digit: a gene, a code, a registry number, in lower case."""

    start: int
    end: int
    key: str


class Figures(NamedTuple):
    """All that a text says in figures, each in reading order."""

    quantities: tuple[Quantity, ...]
    names: tuple[Name, ...]
