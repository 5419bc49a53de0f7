"""The fitted numbers of the extractive answerer, read from the file that the fit writes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from iscalimab_qa.answering.verdict import Thresholds


@dataclass(frozen=True, slots=True)
class AnswerModel:
    """Weights of unit scoring and of the verdict, and the verdict's thresholds.

    `demands_form`: what is asked for must be told in its own form, a percentage as one.
    """

    scoring: Mapping[str, float]
    verdict: Mapping[str, float]
    thresholds: Thresholds
    demands_form: bool = True


@cache
def shipped_model() -> AnswerModel:
    """Return the shipped numbers; `weights.json` says where they come from."""
    stored = json.loads((files("iscalimab_qa.answering") / "weights.json").read_text("utf-8"))
    return AnswerModel(stored["scoring"], stored["verdict"], Thresholds(**stored["thresholds"]))
