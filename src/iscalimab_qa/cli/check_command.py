"""`iscalimab-qa check`: the claims of a text, a document or a file, each with its verdict."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from iscalimab_qa.cli.printing import citation_lines, print_json, say, warn
from iscalimab_qa.errors import ClaimsError, printable, whole_characters
from iscalimab_qa.sentences import pasted_sentences

if TYPE_CHECKING:
    from iscalimab_qa.answering.checking import CheckedClaim
    from iscalimab_qa.assistant import Assistant
    from iscalimab_qa.settings import ReadingSettings

EXPECTED = '{"id": ..., "claim": "..."}'

READ_AS_FILES = frozenset({".md", ".txt", ".html", ".htm", ".pdf", ".docx", ".markdown"})
"""Suffixes by which an argument without spaces is a file, though there is none of that name."""

MEGABYTE = 1_000_000

LONGEST_NAME = 255
"""Characters of a file's name on common systems: what is longer is a text."""


class Given(NamedTuple):
    """A claim with its id: the one it came with, or its number in the text."""

    claim_id: str | int | None
    claim: str


def given_claims(text: str | None, claims: Path | None, reading: ReadingSettings) -> list[Given]:
    """Return the claims of a text, of the document that it names, or of a file of claims.

    Raises:
        ClaimsError: A file is missing, holds no sentence, or a line of it is no claim.
        UnreadableFileError: A document cannot be read.
    """
    if claims is not None:
        return read_claims(claims)
    assert text is not None  # noqa: S101
    path = _document(text)
    sentences = _of_document(path, reading) if path else pasted_sentences(whole_characters(text))
    if not sentences:
        raise ClaimsError(f"{printable(path.name) if path else 'The text'} holds no sentence")
    return [Given(number, each) for number, each in enumerate(sentences, start=1)]


def _document(text: str) -> Path | None:
    """Return the document that an argument names, None if it is a text."""
    if len(text) > LONGEST_NAME or "\n" in text:
        return None
    path = Path(text)
    try:
        if path.is_file():
            return path
        is_folder = path.is_dir()
    except (OSError, ValueError):
        return None
    if is_folder:
        raise ClaimsError(f"{printable(text)!r} is a folder; expected a text or a document")
    if path.suffix.lower() in READ_AS_FILES and not any(map(str.isspace, text)):
        raise ClaimsError(f"There is no file {printable(text)!r}")
    return None


def _of_document(path: Path, reading: ReadingSettings) -> list[str]:
    """Return a document's sentences and rows; what is not checked is counted on stderr."""
    from iscalimab_qa.sources.read import read_source  # noqa: PLC0415
    from iscalimab_qa.units import units_of  # noqa: PLC0415

    try:
        if path.stat().st_size > reading.max_file_mb * MEGABYTE:
            most = f"at most {reading.max_file_mb:g} MB are read"
            raise ClaimsError(f"{printable(path.name)} is too large: {most}")
        data = path.read_bytes()
    except OSError as error:
        raise ClaimsError(f"Cannot read {printable(str(path))!r}: {error.strerror}") from error
    units = units_of(read_source(path, data, reading))
    left = sum(each.kind not in {"sentence", "row"} for each in units)
    if left:
        warn(f"not checked: {left} references, notes or passages that give orders")
    return [each.text for each in units if each.kind in {"sentence", "row"}]


def read_claims(path: Path) -> list[Given]:
    """Read a file of claims, one JSON object a line; empty lines are passed over.

    Raises:
        ClaimsError: The file cannot be read, or a line is no claim; the message names it.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ClaimsError(f"Cannot read the claims in {str(path)!r}: {error}") from error
    claims = list(_parsed(path, lines))
    if not claims:
        raise ClaimsError(f"{printable(path.name)} holds no claim. Expected lines like {EXPECTED}")
    return claims


def _parsed(path: Path, lines: Sequence[str]) -> Iterator[Given]:
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield _given(json.loads(line))
            except (ValueError, TypeError, RecursionError) as error:
                raise ClaimsError(
                    f"{printable(path.name)}, line {number}: {error}. "
                    f"Expected an object like {EXPECTED}"
                ) from error


def _given(line: Any) -> Given:
    if not isinstance(line, dict):
        raise TypeError(f"found {type(line).__name__}, not an object")
    claim, claim_id = line.get("claim"), line.get("id")
    if not isinstance(claim, str) or not claim.strip():
        raise TypeError("found no 'claim' that is a text")
    if claim_id is not None and not isinstance(claim_id, (str, int)):
        raise TypeError("'id' is neither a text nor a number")
    return Given(claim_id, whole_characters(claim))


def print_checked(assistant: Assistant, given: Sequence[Given], *, as_json: bool) -> None:
    """Check and print claim by claim, each as soon as it is done."""
    for each in given:
        checked = _checked(assistant, each.claim)
        if as_json:
            print_json(checked.as_json(each.claim_id))
            continue
        for line in claim_lines(checked):
            say(line)
    if not as_json:
        say(f"Library as of {assistant.library_date}")


def _checked(assistant: Assistant, claim: str) -> CheckedClaim:
    from iscalimab_qa.answering.check_wording import too_long  # noqa: PLC0415
    from iscalimab_qa.answering.checking import unchecked  # noqa: PLC0415

    limit = assistant.settings.answering.max_question_chars
    if len(claim) <= limit:
        return assistant.check(claim)
    reason = too_long(claim, limit)
    warn(f"{reason}: {claim[:60]}...")
    return unchecked(claim, reason)


def claim_lines(checked: CheckedClaim) -> Iterator[str]:
    """Yield a checked claim's lines: it, its verdict and why, and what it was held against."""
    from iscalimab_qa.answering.check_wording import NEAREST, reasons, verdict_line  # noqa: PLC0415

    yield printable(checked.claim)
    yield f"    {printable(verdict_line(checked))}"
    yield from (f"    - {printable(text)}" for text in reasons(checked))
    if checked.verdict == "not_found" and checked.citations:
        yield f"    {NEAREST}:"
    for citation in checked.citations:
        yield from (f"    {printable(line)}" for line in citation_lines(citation))
    yield ""
