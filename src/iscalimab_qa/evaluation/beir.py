"""Run a retrieval collection in the form of BEIR through our retriever.

The form is that of Thakur et al. (2021): `corpus.jsonl` (`_id`, `title`, `text`),
`queries.jsonl` (`_id`, `text`) and `qrels/<split>.tsv` (query id, document id, score). Every
document takes the product's own way: it is written as a file, read, cut, embedded and indexed
as a user's file is. A document has the rank of its best passage.

A run that was broken off goes on where it stopped: files that are written stay, vectors are
kept as they are made, and so is the ranking of every query.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

import ir_measures
import numpy as np
import platformdirs
from ir_measures import AP, RR, R, nDCG
from langchain_core.retrievers import BaseRetriever
from numpy.typing import NDArray

from iscalimab_qa.answering.pipeline import Pipeline
from iscalimab_qa.errors import EvaluationError, OutputError, printable
from iscalimab_qa.evaluation.beir_collection import (
    CORPUS,
    QRELS,
    Collection,
    Document,
    Qrels,
    Query,
    read_collection,
    records,
)
from iscalimab_qa.evaluation.experiment import Bench, code_digest, configuration, sha12
from iscalimab_qa.evaluation.intervals import Estimate, estimate
from iscalimab_qa.evaluation.kept import Kept
from iscalimab_qa.evaluation.summary import as_json
from iscalimab_qa.evaluation.systems import ENTRIES
from iscalimab_qa.index.corpora import corpora
from iscalimab_qa.index.generation import open_generation
from iscalimab_qa.index.progress import SILENT, Progress
from iscalimab_qa.index.recipe import Recipe, recipe_of
from iscalimab_qa.index.report import IndexReport
from iscalimab_qa.index.update import update_index
from iscalimab_qa.retrieval.retrievers import PASSAGES_PER_SOURCE
from iscalimab_qa.settings import APP_NAME, Settings
from iscalimab_qa.sources.fields import MAX_TITLE_CHARS
from iscalimab_qa.sources.normalise import clean_text

DEPTH = 100
"""Documents that are ranked for a query: the deepest measure looks no further."""

MEASURES: Mapping[str, ir_measures.Measure] = {
    "nDCG@10": nDCG @ 10,
    "MRR@10": RR @ 10,
    "recall@1": R @ 1,
    "recall@5": R @ 5,
    "recall@10": R @ 10,
    "recall@100": R @ DEPTH,
    "MAP@100": AP @ DEPTH,
}
"""By their names in reports; all in [0, 1], higher is better. Grades count in nDCG alone."""

_PASSAGES = PASSAGES_PER_SOURCE * (DEPTH + 1)
"""So many passages come from 101 documents, where there are so many: one may be left out."""

_FILES_A_FOLDER = 1000
"""A folder of a hundred thousand files is slow to list on some file systems."""

_MOST_CLUSTERS = 1000
"""The bootstrap's memory grows with the clusters; a thousand groups of queries, taken in turn,
give the same interval as ten thousand queries."""


# --- the library made of it -----------------------------------------------------------


def cache_folder(settings: Settings) -> Path:
    """Return the folder under which indexes of collections are kept by default."""
    return (settings.cache or platformdirs.user_cache_path(APP_NAME)).expanduser() / "beir"


def _write_documents(collection: Collection, folder: Path, progress: Progress) -> list[str]:
    """Write each document as a file, unless it stands there; return their ids, by number."""
    ids = []
    try:
        with progress.phase("Writing documents", collection.documents) as advance:
            for number, document in enumerate(records(collection.folder / CORPUS, Document)):
                ids.append(document.id)
                _write(folder / _file_name(number), _as_file(number, document))
                advance(1)
    except OSError as error:
        raise OutputError(folder, error) from error
    if {one for grades in collection.qrels.values() for one in grades}.isdisjoint(ids):
        raise EvaluationError(
            f"None of the documents judged in {QRELS}/{collection.split}.tsv is in {CORPUS}"
        )
    return ids


def _file_name(number: int) -> str:
    return f"{number // _FILES_A_FOLDER:04d}/{_source_id(number)}.txt"


def _source_id(number: int) -> str:
    """Name a document by its place in the corpus: ids of collections may hold any character."""
    return f"d{number:07d}"


def _as_file(number: int, document: Document) -> bytes:
    """Lay a document out as a text file.

    Front matter stands above every one: it says the title outright, and text that begins like
    front matter cannot be taken for it. The title opens the text as well, since BEIR's systems
    read both.
    """
    title, text = (document.title or "").strip(), (document.text or "").strip()
    short = clean_text(title)[:MAX_TITLE_CHARS]
    named = f"title: {json.dumps(short, ensure_ascii=False)}\n" if short else ""
    body = "\n\n".join(filter(None, (title, text)))
    return f"---\nid: {_source_id(number)}\n{named}---\n{body}\n".encode()


def _write(path: Path, data: bytes) -> None:
    if path.exists() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}")  # names with a dot are never taken for documents
    draft.write_bytes(data)
    draft.replace(path)


def _recipe(settings: Settings) -> Recipe:
    """Return the product's recipe, its way of reading named after the code of today.

    So a change of the code reads and cuts everything again, whether or not somebody thought of
    giving the reader a new name; vectors stay, for they are kept by the words they are made of.
    """
    recipe = recipe_of(settings)
    return replace(recipe, reader=f"{recipe.reader}/{code_digest()}")


# --- running --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BeirResult:
    """How well our retriever does on a collection.

    `measures` are means over `queries` queries with their 95 % intervals. `skipped` of the
    `documents` could not be read or hold no text, and count as not found. `sha` names all that
    made the result; `seconds` is the time that this run took, which a kept result shortens.
    """

    name: str
    split: str
    measures: Mapping[str, Estimate]
    queries: int
    documents: int
    skipped: int
    sha: str
    seconds: float = field(compare=False)

    def as_json(self) -> dict[str, Any]:
        """Return the object of `eval --beir --json`."""
        return {
            "name": self.name,
            "split": self.split,
            "sha": self.sha,
            "queries": self.queries,
            "documents": self.documents,
            "skipped": self.skipped,
            "seconds": round(self.seconds, 3),
            "measures": {name: as_json(value) for name, value in self.measures.items()},
        }

    def __str__(self) -> str:
        """Write the result as lines for people."""
        skipped = f" ({self.skipped} of them could not be indexed)" if self.skipped else ""
        head = (
            f"{printable(self.name)}, {printable(self.split)}: {self.queries} queries, "
            f"{self.documents} documents{skipped}, {self.seconds:.1f} s"
        )
        rows = (
            f"{name:<10}  {value.mean:.4f}  ({value.low:.4f} to {value.high:.4f})"
            for name, value in self.measures.items()
        )
        return "\n".join((head, *rows))


def measure(
    settings: Settings,
    folder: Path,
    *,
    split: str | None = None,
    kept: Path | None = None,
    progress: Progress = SILENT,
) -> BeirResult:
    """Index a collection, ask its queries, and measure the rankings.

    As in BEIR, a document that has the query's own id is left out of its ranking.

    Args:
        settings: Read for encoder, reading, retrieval and aliases; its corpus and index are
            not touched.
        folder: The collection.
        split: Which judgements; see `read_collection`.
        kept: Where documents, index and rankings are kept; `cache_folder` by default.
        progress: Shows how far writing, reading, embedding, publishing and asking are.

    Raises:
        EvaluationError: The collection cannot be used; the message names the line.
        EncoderError: The encoder cannot be had.
        LibraryError: The index cannot be written.
        OutputError: Documents or rankings cannot be written.
    """
    started = time.monotonic()
    collection, recipe = read_collection(folder, split), _recipe(settings)
    place = (kept or cache_folder(settings)) / sha12([collection.digest, *recipe.made_by])
    ids = _write_documents(collection, place / "corpus", progress)
    settings = settings.model_copy(update={"corpus": (place / "corpus",), "index": place / "index"})
    report = update_index(place / "index", corpora(settings), recipe, progress=progress)
    with open_generation(place / "index", made_by=recipe.made_by) as generation:
        bench = Bench(settings, recipe, generation)
        ranked = _rankings(bench, collection, ids, place, progress)
    return _result(collection, ranked, report, time.monotonic() - started)


class _Ranked(NamedTuple):
    """For each query the documents found, best first, and the name of what found them."""

    documents: Mapping[str, Sequence[str]]
    sha: str


def _rankings(
    bench: Bench,
    collection: Collection,
    ids: Sequence[str],
    place: Path,
    progress: Progress,
) -> _Ranked:
    sha = sha12([dict(configuration(ENTRIES[0], bench)), _PASSAGES])
    pipeline = Pipeline(bench.settings, bench.recipe, bench.generation)
    found: dict[str, Sequence[str]] = {}
    with (
        Kept(place / f"rankings-{sha}.jsonl") as kept,
        progress.phase("Asking", len(collection.queries)) as advance,
    ):
        for query in collection.queries:
            key = sha12([query.id, query.text])
            if (ranking := kept.find(key)) is None:
                # Loaded here, so that a run whose rankings are all kept loads nothing.
                ranking = _ranking(pipeline.retriever, query, ids)
                kept.keep(key, ranking)
            found[query.id] = ranking
            advance(1)
    return _Ranked(found, sha)


def _ranking(retriever: BaseRetriever, query: Query, ids: Sequence[str]) -> list[str]:
    """Return the ids of the documents for a query, each at the rank of its best passage."""
    passages = retriever.invoke(query.text, k=_PASSAGES)
    sources = dict.fromkeys(passage.metadata["source_id"] for passage in passages)
    documents = (ids[int(source_id.removeprefix("d"))] for source_id in sources)
    return [one for one in documents if one != query.id][:DEPTH]


def _result(
    collection: Collection, ranked: _Ranked, report: IndexReport, seconds: float
) -> BeirResult:
    scores = values_by_query(MEASURES, collection.qrels, ranked.documents)
    queries = len(collection.queries)
    clusters = [str(number % _MOST_CLUSTERS) for number in range(queries)]
    means = {name: estimate(list(map(float, of)), clusters) for name, of in scores.items()}
    return BeirResult(
        name=collection.folder.resolve().name,
        split=collection.split,
        measures={name: mean for name, mean in means.items() if mean},
        queries=queries,
        documents=collection.documents,
        skipped=collection.documents - report.sources,
        sha=sha12([ranked.sha, {query: dict(of) for query, of in collection.qrels.items()}]),
        seconds=seconds,
    )


def values_by_query(
    measures: Mapping[str, ir_measures.Measure],
    relevant: Qrels,
    rankings: Mapping[str, Sequence[str]],
) -> dict[str, NDArray[np.float64]]:
    """Measure rankings with ir-measures, query by query.

    Args:
        measures: By the name that the result has for them.
        relevant: For each query what answers it, with its grade. A query that nothing answers
            counts as failed, not as left out.
        rankings: For each query what was found, best first, each once. A query without a
            ranking counts as failed.

    Returns:
        For each measure one value a query, in the order of `relevant`; higher is better.
    """
    run = {
        query: {one: float(len(found) - rank) for rank, one in enumerate(found)}
        for query, found in rankings.items()
    }
    place = {query: number for number, query in enumerate(relevant)}
    values = {name: np.zeros(len(place)) for name in measures}
    name_of = {measure: name for name, measure in measures.items()}
    qrels = {query: dict(grades) for query, grades in relevant.items()}
    for one in ir_measures.iter_calc(list(measures.values()), qrels, run):
        values[name_of[one.measure]][place[one.query_id]] = one.value
    return values
