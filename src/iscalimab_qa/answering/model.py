"""The fitted numbers of the extractive answerer, read from the file that the fit writes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from iscalimab_qa.answering.verdict import Thresholds
from iscalimab_qa.reader import Reader, shipped_reader


@dataclass(frozen=True, slots=True)
class AnswerModel:
    """Weights of unit scoring and of the verdict, the verdict's thresholds, and who reads.

    `demands_form`: what is asked for must be told in its own form, a percentage as one.
    Without a `reader` no unit has a reading, and the numbers are those fitted without one.
    """

    scoring: Mapping[str, float]
    verdict: Mapping[str, float]
    thresholds: Thresholds
    demands_form: bool = True
    reader: Reader | None = None


@cache
def shipped_model(*, reads: bool = False) -> AnswerModel:
    """Return the shipped numbers, with the reader or without; `weights.json` tells their source."""
    stored = json.loads((files("iscalimab_qa.answering") / "weights.json").read_text("utf-8"))
    fitted = stored["with_reader" if reads else "without_reader"]
    return AnswerModel(
        fitted["scoring"],
        fitted["verdict"],
        Thresholds(**fitted["thresholds"]),
        reader=shipped_reader() if reads else None,
    )
