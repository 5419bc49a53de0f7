"""The labels of the invented libraries are true: every quote stands in its document."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from iscalimab_qa.evaluation.questions import read_questions
from iscalimab_qa.evaluation.spans import Labels
from iscalimab_qa.settings import ReadingSettings
from iscalimab_qa.sources import read_source
from iscalimab_qa.sources.values import Source

EVAL = Path(__file__).parents[2] / "eval"
LIBRARIES = ["fitting", "unseen", "messy/dossier", "messy/works", "messy/clinic"]


def sources_of(library: str) -> dict[str, Source]:
    files = (EVAL / library / "corpus").iterdir()
    read = (read_source(file, file.read_bytes(), ReadingSettings()) for file in files)
    return {source.source_id: source for source in read}


@pytest.mark.parametrize("library", LIBRARIES)
def test_every_label_of_a_library_stands_in_its_documents(library: str) -> None:
    sources = sources_of(library)
    questions = read_questions(EVAL / library / "questions.jsonl")
    for question in questions:
        labels = Labels(question, sources.__getitem__)
        assert bool(labels.needs) == question.answerable, question.id
        assert all(labels.needs), f"{question.id}: a quote stands in no document"
    assert Counter(question.id for question in questions).most_common(1)[0][1] == 1


@pytest.mark.parametrize("library", LIBRARIES[1:])
def test_half_of_a_librarys_questions_are_kept_for_the_test(library: str) -> None:
    splits = Counter(each.split for each in read_questions(EVAL / library / "questions.jsonl"))
    assert abs(splits["dev"] - splits["test"]) <= 2
