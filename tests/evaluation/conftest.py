"""One small library with the real encoder, made once, and the systems over it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from iscalimab_qa.evaluation.experiment import Bench
from iscalimab_qa.index.generation import open_generation
from iscalimab_qa.index.maintenance import update_library
from iscalimab_qa.index.recipe import recipe_of
from iscalimab_qa.settings import load_settings

GRAND = """---
id: grand2
title: GRAND-2
kind: randomised_trial
text_kind: digest
read_from: abstract
trials: [{id: NCT09999991, aliases: [GRAND-2]}]
---
# The GRAND-2 trial

GRAND-2 (NCT09999991) compared orelimab with placebo in 60 people with plaque psoriasis.
The trial was stopped early because of liver injury in four of 40 people on orelimab.

## Results

The psoriasis area and severity index (PASI) was the primary end point. It fell by 5.9 points
on orelimab. It fell by 2.1 points on placebo.

| Endpoint at week 24 | Orelimab | Placebo |
|---|---|---|
| Fall of the PASI | 5.9 | 2.1 |
| Serious adverse events | 4 | 1 |
"""

TIROLIMAB = """# Tirolimab in asthma

Tirolimab lowered the number of asthma attacks by a third in 300 adults. Headache was the most
common side effect. The vials of tirolimab are stored in a refrigerator.
"""

CFZ533 = """# CFZ533 in kidney transplantation

CFZ533 was given to recipients of a kidney in place of tacrolimus. Biopsy-proven acute rejection
occurred in 21 of 100 recipients.
"""

MakeBench = Callable[..., Bench]


@pytest.fixture(scope="session")
def make_bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeBench]:
    """Return a function that indexes named documents and holds the library open."""
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        home = tmp_path_factory.mktemp("evaluation-home")
        patch.setenv("XDG_CONFIG_HOME", str(home))

        def make(**documents: str) -> Bench:
            folder = tmp_path_factory.mktemp("library")
            return stack.enter_context(_Opened(folder, documents)).bench

        yield make


class _Opened:
    """A bench whose generation is let go at the end."""

    def __init__(self, folder: Path, documents: dict[str, str]) -> None:
        corpus = folder / "corpus"
        corpus.mkdir()
        for name, text in documents.items():
            (corpus / f"{name}.md").write_text(text, encoding="utf-8")
        settings = load_settings(corpus=(corpus,), index=folder / "index")
        update_library(settings)
        recipe = recipe_of(settings)
        generation = open_generation(folder / "index", made_by=recipe.made_by)
        self.bench = Bench(settings, recipe, generation)

    def __enter__(self) -> _Opened:
        return self

    def __exit__(self, *_: object) -> None:
        self.bench.generation.close()


@pytest.fixture(scope="session")
def bench(make_bench: MakeBench) -> Bench:
    """Three sources: a trial with a table, a drug, and one that says a company code only."""
    return make_bench(grand2=GRAND, tirolimab=TIROLIMAB, cfz533=CFZ533)


@pytest.fixture(scope="session")
def other_bench(make_bench: MakeBench) -> Bench:
    """Another library, of one source."""
    return make_bench(tirolimab=TIROLIMAB)
