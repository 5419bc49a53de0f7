"""An index small enough to be made in a test, of real parts but for the encoder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from langchain_core.embeddings import DeterministicFakeEmbedding, Embeddings

from iscalimab_qa.errors import UnreadableFileError
from iscalimab_qa.index.corpora import Corpus
from iscalimab_qa.index.recipe import Prepared, Recipe
from iscalimab_qa.index.store import check_generation, write_store
from iscalimab_qa.lexicon.tokens import TOKENIZER_ID, tokenize
from iscalimab_qa.library.reader import PassageChanges
from iscalimab_qa.passages import SPLITTER_ID, encoded_units, split_source
from iscalimab_qa.sources.builder import SourceBuilder
from iscalimab_qa.sources.folder import Candidate, FileBytes
from iscalimab_qa.sources.values import Source, SourceMetadata
from iscalimab_qa.units import units_of

DIMENSIONS = 384


class FakeEncoder:
    """Vectors drawn from a text's own hash: the same text, the same vector, in any process.

    It counts what it is asked for, so that a test can say that it was not.
    """

    def __init__(self, identity: str = "fake-1") -> None:
        self.identity = identity
        self.max_tokens = 256
        self.loaded = 0
        self.texts: list[str] = []

    @property
    def embeddings(self) -> Embeddings:
        self.loaded += 1
        return _Counting(self.texts)

    def count_tokens(self, text: str) -> int:
        return len(text.split()) + 2


class _Counting(Embeddings):
    def __init__(self, texts: list[str]) -> None:
        self._texts = texts
        self._fake = DeterministicFakeEmbedding(size=DIMENSIONS)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self._texts.extend(texts)
        return [_unit(vector) for vector in self._fake.embed_documents(texts)]

    def embed_query(self, text: str) -> list[float]:
        return _unit(self._fake.embed_query(text))


def _unit(vector: list[float]) -> list[float]:
    length = sum(value * value for value in vector) ** 0.5
    return [value / length for value in vector]


def make_recipe(encoder: FakeEncoder, *, splitter: str = SPLITTER_ID) -> Recipe:
    """The recipe of production, but for the encoder and the reader."""

    def split(source: Source) -> Prepared:
        return Prepared(
            split_source(source, count_tokens=encoder.count_tokens, max_tokens=256),
            encoded_units(source, units_of(source), count_tokens=encoder.count_tokens),
        )

    return Recipe(
        encoder=encoder,
        read=read_lines,
        reader="reader-1",
        split=split,
        splitter=splitter,
        tokenize=tokenize,
        tokenizer=TOKENIZER_ID,
        max_file_mb=50,
    )


def read_lines(candidate: Candidate, file: FileBytes) -> Source:
    """Read headings (`#`) and paragraphs; a first line `id: X` gives the id.

    A file that says `broken` cannot be read.
    """
    lines = file.data.decode("utf-8").splitlines()
    if "broken" in lines:
        raise UnreadableFileError(candidate.path, "is broken")
    named = lines[0].removeprefix("id: ") if lines and lines[0].startswith("id: ") else None
    doi = next((line.removeprefix("doi: ") for line in lines if line.startswith("doi: ")), None)
    builder = SourceBuilder()
    for line in lines[1:] if named else lines:
        if line.startswith("#"):
            builder.heading(line.lstrip("# "), level=line.count("#"))
        elif not line.startswith("doi: "):
            builder.paragraph(line)
    built = builder.build()
    source_id = named or candidate.path.stem
    return Source(source_id, SourceMetadata(title=source_id, doi=doi), built.text, built.blocks)


def corpus_at(folder: Path, *, writable: bool = True) -> Corpus:
    folder.mkdir(parents=True, exist_ok=True)
    return Corpus(folder, str(folder), writable=writable)


def write_document(corpus: Corpus, name: str, *facts: str) -> Path:
    """Write a Markdown document of one section a fact."""
    sections = "\n\n".join(f"## Finding {n}\n\n{fact}" for n, fact in enumerate(facts, 1))
    path = corpus.folder / name
    path.write_text(f"# {Path(name).stem}\n\n{sections}\n", encoding="utf-8")
    return path


class StoreInProcess:
    """Stands in for `StoreProcess` where a second of imports for each would teach nothing.

    The same work on the same real Chroma, done when the result is asked for.
    """

    def __init__(self) -> None:
        self._work: Callable[[Callable[[int], None]], str | None]

    def order_write(self, folder: Path, base: Path | None, changes: PassageChanges) -> None:
        self._work = lambda on_done: write_store(folder, base, changes, on_done)

    def order_check(self, folder: Path) -> None:
        self._work = lambda _: check_generation(folder)

    def result(self, on_done: Callable[[int], None]) -> str | None:
        try:
            return self._work(on_done)
        except Exception as error:  # noqa: BLE001 (as the process does)
            return f"{type(error).__name__}: {error}"

    def __enter__(self) -> StoreInProcess:
        return self

    def __exit__(self, *_: object) -> None:
        return
