"""What a broad question is after, and which statements tell it in words of their own."""

from __future__ import annotations

from iscalimab_qa.answering.sought.asked import (
    Sought,
    demands_telling,
    is_of_document,
    opens_answer,
    sought_form,
    sought_in,
)
from iscalimab_qa.answering.sought.telling import Grader, Telling, about_animals, grader_for

__all__ = [
    "Grader",
    "Sought",
    "Telling",
    "about_animals",
    "demands_telling",
    "grader_for",
    "is_of_document",
    "opens_answer",
    "sought_form",
    "sought_in",
]
