"""The table of outcomes, on a library in memory: no index is needed to print it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from iscalimab_qa.cli.outcomes_command import print_outcomes
from iscalimab_qa.errors import TopicNotFoundError
from iscalimab_qa.evidence.outcomes.library import outcome_library
from iscalimab_qa.evidence.trials.build import build_registry
from iscalimab_qa.lexicon import shipped_aliases
from iscalimab_qa.settings import ReadingSettings
from iscalimab_qa.sources.read import read_source

DOCUMENTS = {
    "grand.md": """---
id: grand
title: Orelimab in psoriasis
text_kind: original
trials: [{id: NCT09999991, aliases: [GRAND-2], indication: plaque psoriasis}]
---
# Results

GRAND-2 randomised 301 adults with plaque psoriasis.

| Endpoint | Orelimab 150 mg SC (n=201) | Placebo (n=100) |
|---|---|---|
| PASI 75 response at week 16 | 62.7% | 15.0% |
| =HYPERLINK("x") change in a measure whose name is longer than a narrow line | -7.4 | -1.9 |
""",
    "news.md": "# GRAND-2 in the news\n\nGRAND-2 enrolled 310 participants.\n",
    "silent.md": """---
id: silent
title: Orelimab in asthma
text_kind: original
trials: [{id: NCT09999992, indication: asthma}]
---
# Design

Orelimab was studied in asthma (NCT09999992).
""",
}

Print = Callable[..., str]


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Print:
    sources = {
        source.source_id: source
        for name, text in DOCUMENTS.items()
        for source in [read_source(Path(name), text.encode(), ReadingSettings())]
    }
    registry = build_registry(sources.values(), aliases=shipped_aliases())
    outcomes = outcome_library(sources.values(), registry, shipped_aliases())
    assistant = SimpleNamespace(outcomes=outcomes, library_date="2025-01-01")

    def run(topic: str | None = None, form: str = "people", width: int = 100) -> str:
        monkeypatch.setenv("COLUMNS", str(width))
        print_outcomes(assistant, topic, form)  # type: ignore[arg-type]
        return capsys.readouterr().out

    return run


def test_people_see_arm_size_and_figure_in_columns_with_their_source(printed: Print) -> None:
    text = printed("GRAND-2")
    assert "NCT09999991 (plaque psoriasis)\n  PASI 75 response at week 16\n" in text
    assert "    Orelimab 150 mg SC  n=201  62.7%\n    Placebo             n=100  15.0%\n" in text
    assert "    [grand " in text
    assert text.endswith("Library as of 2025-01-01\n")


def test_sources_that_differ_are_told_beneath_the_trial(printed: Print) -> None:
    assert "301 participants (grand) against 310 participants (news)" in printed(
        "nct09999991", width=200
    )


@pytest.mark.parametrize("width", [40, 60, 100])
def test_no_line_is_wider_than_the_terminal_and_no_figure_is_broken(
    printed: Print, width: int
) -> None:
    text = printed("psoriasis", width=width)
    assert max(map(len, text.splitlines())) <= width
    assert "62.7%" in text


def test_a_trial_on_which_the_sources_are_silent_is_named_as_such(printed: Print) -> None:
    assert "NCT09999992: no outcome in the library" in printed("asthma")


def test_json_is_an_object_a_figure_and_csv_a_row_a_figure(printed: Print) -> None:
    objects = [json.loads(line) for line in printed("plaque psoriasis", "json").splitlines()]
    rows = list(csv.DictReader(io.StringIO(printed("plaque psoriasis", "csv"))))
    assert [each["value"] for each in objects] == [row["value"] for row in rows]
    assert [row["value"] for row in rows] == ["62.7", "15.0", "-7.4", "-1.9"]
    assert {"source_id", "start", "end", "quote", "library_date"} <= rows[0].keys()


def test_a_spreadsheet_computes_no_cell_of_a_document(printed: Print) -> None:
    rows = list(csv.DictReader(io.StringIO(printed(None, "csv"))))
    assert rows[2]["endpoint"].startswith("'=HYPERLINK")
    assert rows[2]["value"] == "-7.4"


def test_an_unknown_topic_is_an_error_that_names_what_is_known(printed: Print) -> None:
    with pytest.raises(TopicNotFoundError, match="plaque psoriasis"):
        printed("gout")
