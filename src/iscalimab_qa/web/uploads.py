"""Files that a librarian uploads: their names confined, their contents read and described.

Nothing is changed here; `librarian.py` does that.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from iscalimab_qa.errors import UnreadableFileError
from iscalimab_qa.settings import ReadingSettings
from iscalimab_qa.sources.citation_files import Reference, is_citation_name, read_citations
from iscalimab_qa.sources.detect import KNOWN_SUFFIXES, is_document_name
from iscalimab_qa.sources.read import read_source
from iscalimab_qa.sources.sidecar import Details, describes_itself, same_title
from iscalimab_qa.sources.values import Source

EXPECTED = "expected .pdf .docx .md .txt .html, or .ris .nbib beside one of them"

_UNSAFE = re.compile(r"[^\w.-]+")
_STEM_BYTES = 200
"""With the suffixes of document and sidecar within the 255 that file systems take."""

_FIRST_PAGE_CHARS = 4_000
"""Where a paper names its own DOI and trial; further down it names those of others."""
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>;,]+")
_TRIAL = re.compile(r"\bNCT\d{8}\b")


@dataclass(frozen=True, slots=True)
class Pending:
    """A document that was uploaded and is not in the library yet.

    `problem` says why it cannot be read; `tables` counts its tables. `own_words` says that
    the document describes itself in front matter, beside which no other description counts.
    """

    path: Path
    name: str
    details: Details = field(default_factory=Details)
    tables: int = 0
    warnings: tuple[str, ...] = ()
    problem: str = ""
    own_words: bool = False
    described_by: str = ""


@dataclass(frozen=True, slots=True)
class CitationFile:
    """A citation file that was uploaded, and what is in it."""

    name: str
    references: tuple[Reference, ...]


def safe_name(name: str) -> str:
    """Return a name under which an upload may lie in a corpus folder, whatever it was called.

    Folders are cut off, and what is no letter, figure, `.`, `_` or `-` becomes `-`.

    Raises:
        UnreadableFileError: Nothing is left of the name, or it is no document's.
    """
    last = PurePosixPath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    clean = _UNSAFE.sub("-", last.encode("utf-8", "replace").decode("utf-8"))
    stem, dot, suffix = clean.rpartition(".")
    stem = stem.strip(".-_ ").encode("utf-8")[:_STEM_BYTES].decode("utf-8", "ignore")
    if not dot or f".{suffix.lower()}" not in KNOWN_SUFFIXES:
        raise UnreadableFileError(Path(last or "file"), f"is not read; {EXPECTED}")
    if not stem:
        raise UnreadableFileError(Path(last), "has no name that could be kept; rename it")
    safe = f"{stem}.{suffix.lower()}"
    return safe if is_document_name(safe) else f"document-{safe}"


def examine(paths: Sequence[Path], reading: ReadingSettings) -> tuple[Pending, ...]:
    """Read uploaded documents, and describe each by the citation file that belongs to it."""
    citations = [
        CitationFile(path.name, read_citations(path.read_bytes()))
        for path in paths
        if is_citation_name(path.name)
    ]
    documents = [_examined(path, reading) for path in paths if not is_citation_name(path.name)]
    return tuple(described(documents, citations))


def described(documents: Sequence[Pending], citations: Sequence[CitationFile]) -> Iterator[Pending]:
    """Fill in what citation files tell of documents.

    A reference belongs to the document of its DOI, else of its title, else to the one whose
    file has the same stem, else to the only document if it is the only reference.
    """
    readable = [document for document in documents if not document.problem]
    told = [(citation, one) for citation in citations for one in citation.references]
    for document in documents:
        match = None
        if not document.problem and not document.own_words:
            match = _match(document, told, alone=len(readable) == len(told) == 1)
        if match:
            citation, reference = match
            details = document.details.filled_from(reference)
            yield replace(document, details=details, described_by=citation.name)
        else:
            yield document


def table_count(source: Source) -> int:
    """Return how many tables were read in a source."""
    return sum(block.table is not None for block in source.blocks)


_Told = tuple[CitationFile, Reference]


def _match(document: Pending, told: Sequence[_Told], *, alone: bool) -> _Told | None:
    doi, title = document.details.doi.lower(), document.details.title
    stem = Path(document.name).stem
    tests = (
        lambda one: bool(doi) and one[1].doi.lower() == doi,
        lambda one: same_title(one[1].title, title),
        lambda one: len(one[0].references) == 1 and same_title(Path(one[0].name).stem, stem),
        lambda _: alone,
    )
    return next((one for test in tests for one in told if test(one)), None)


def _examined(path: Path, reading: ReadingSettings) -> Pending:
    try:
        name = safe_name(path.name)
        data = path.read_bytes()
        source = read_source(Path(name), data, reading)
        own_words = describes_itself(Path(name), data)
    except UnreadableFileError as error:
        return Pending(path, path.name, problem=error.reason)
    except OSError as error:
        return Pending(path, path.name, problem=f"cannot be opened: {error.strerror}")
    return Pending(
        path, name, _guessed(source), table_count(source), source.warnings, own_words=own_words
    )


def _guessed(source: Source) -> Details:
    """Return what a document says of itself on its first page, where that is plain."""
    metadata, page = source.metadata, source.text[:_FIRST_PAGE_CHARS]
    dois = list(dict.fromkeys(doi.rstrip(".)") for doi in _DOI.findall(page)))
    trials = list(dict.fromkeys(_TRIAL.findall(page)))
    only = 1
    return Details(
        title=metadata.title,
        doi=metadata.doi or (dois[0] if len(dois) == only else ""),
        trials=tuple(t.trial_id for t in metadata.trials)
        or (tuple(trials) if len(trials) == only else ()),
        kind=None if metadata.kind == "document" else metadata.kind,
        tier=metadata.tier,
    )
