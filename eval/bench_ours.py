"""Steps of ours that the command line does not have: one step a process.

    python eval/bench_ours.py index CORPUS INDEX --sample N [--rebuild]
    python eval/bench_ours.py ask [--without-reader] CORPUS INDEX QUESTION...

`index` is what `iscalimab-qa index` does, but that only N texts are encoded. `ask` asks one
`Assistant` all the questions. Each step prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from iscalimab_qa.settings import Settings, load_settings


class SampledEncoder:
    """The encoder of the settings, known by its identity, with a sample of its vectors.

    An index made with it is one of the real encoder for all that comes afterwards.
    """

    def __init__(self, real: Any, sample: int) -> None:
        """Wrap the encoder."""
        self._real, self._sample = real, sample
        self.identity, self.max_tokens = real.identity, real.max_tokens
        self.count_tokens = real.count_tokens

    @cached_property
    def embeddings(self) -> Any:
        """The encoder's embeddings for the sample, seeded ones for the rest."""
        from bench_sampling import SampledEmbeddings

        return SampledEmbeddings(self._real.embeddings, self._sample)


def index(settings: Settings, sample: int, rebuild: bool) -> dict[str, Any]:
    """Bring the index up to date, or rebuild it, encoding a sample only."""
    from iscalimab_qa.index.corpora import corpora
    from iscalimab_qa.index.recipe import recipe_of
    from iscalimab_qa.index.update import update_index
    from iscalimab_qa.settings import index_folder

    recipe = recipe_of(settings)
    encoder = SampledEncoder(recipe.encoder, sample)
    report = update_index(
        index_folder(settings), corpora(settings), replace(recipe, encoder=encoder), rebuild=rebuild
    )
    return {"passages": report.passages, "embedded": report.embedded} | encoder.embeddings.told()


def ask(settings: Settings, questions: Iterable[str]) -> dict[str, Any]:
    """Ask one assistant everything; return how long each answer took, in milliseconds.

    `checks_ms` is what of that went to checks and notices.
    """
    from bench_stopwatch import time_checking

    from iscalimab_qa.assistant import Assistant

    took, checks, stopwatch = [], [], time_checking()
    with Assistant.open(settings, build=False) as assistant:
        for question in questions:
            started = time.perf_counter()
            assistant.ask(question)
            took.append(1000 * (time.perf_counter() - started))
            checks.append(stopwatch.take_ms())
    return {"took_ms": took, "checks_ms": checks}


def main() -> None:
    """Carry out one step."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    steps = parser.add_subparsers(dest="step", required=True)
    for name in ("index", "ask"):
        step = steps.add_parser(name)
        step.add_argument("corpus", type=Path)
        step.add_argument("index", type=Path)
        if name == "index":
            step.add_argument("--sample", type=int, required=True)
            step.add_argument("--rebuild", action="store_true")
        else:
            step.add_argument("--without-reader", action="store_true")
            step.add_argument("questions", nargs="+")
    given = vars(parser.parse_args())
    answering = {"reader": False} if given.pop("without_reader", False) else None
    where = {"corpus": (given.pop("corpus"),), "index": given.pop("index")}
    settings = load_settings(answering=answering, **where)
    carry_out = {"index": index, "ask": ask}[given.pop("step")]
    print(json.dumps(carry_out(settings, **given)))


if __name__ == "__main__":
    main()
