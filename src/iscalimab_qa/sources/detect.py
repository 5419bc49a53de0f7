"""What a file is: by its name whether it is looked at, by its content how it is read."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path, PurePath
from typing import Literal

from iscalimab_qa.errors import UnreadableFileError
from iscalimab_qa.sources.decode import first_bytes

Container = Literal["pdf", "docx", "text"]
"""How the bytes of a file are packed; `text` is whatever has to be decoded first."""

Markup = Literal["markdown", "html", "plain"]
"""How decoded text marks its structure."""

MARKDOWN_SUFFIXES = frozenset({".md", ".markdown"})
HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
PLAIN_SUFFIXES = frozenset({".txt", ".text"})
KNOWN_SUFFIXES = MARKDOWN_SUFFIXES | HTML_SUFFIXES | PLAIN_SUFFIXES | {".pdf", ".docx"}

SIDECAR_SUFFIX = ".meta.yaml"

_PDF_MARK = b"%PDF-"
_PDF_MARK_WITHIN = 1024
"""Acrobat accepts a header anywhere in the first 1024 bytes, and so do the files in use."""
_ZIP_MARK = b"PK\x03\x04"
_OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DOCX_BODY = "word/document.xml"

_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_START_WITHIN = 4096
_ANY_TAG = re.compile(r"</?(?:p|div|span|h[1-6]|table|tr|td|ul|ol|li|br|a|b|i|em|strong)\b[^<>]*>")

_MARKDOWN_SIGNS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"^#{1,6} +\S", re.MULTILINE), 1),
    (re.compile(r"^ {0,3}\|?(?: *:?-{3,}:? *\|)+ *(?::?-{3,}:?)? *$", re.MULTILINE), 2),
    (re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE), 2),
    (re.compile(r"\[[^\[\]\n]+\]\([^()\s]+\)"), 1),
    (re.compile(r"\*\*[^\s*](?:[^*\n]*[^\s*])?\*\*"), 1),
)
_MARKDOWN_SCORE = 2
_REPEATS_THAT_COUNT = 2
"""One sign may be chance ("# of patients"); two of a kind, or two kinds, are not. A table's
rule line and a fence are no chance even once. Bullets do not count: plain text has them too."""
_MARKDOWN_WITHIN = 65_536


def is_document_name(name: str) -> bool:
    """Tell whether a file of this name is read; all others are ignored without a word.

    Ignored are unknown suffixes, `README*`, `LICENSE*`, sidecars, dotfiles, and the lock
    files that a word processor lays beside an open document (`~$...`).
    """
    path = PurePath(name)
    if name.startswith((".", "~$", "README", "LICENSE")):
        return False
    if path.stem in {"readme", "Readme", "license", "License"}:
        return False
    return path.suffix.lower() in KNOWN_SUFFIXES


def detect_container(data: bytes, path: Path) -> Container:
    """Tell a PDF and a Word document by their bytes; everything else must be text.

    Raises:
        UnreadableFileError: If the name promises a format that the bytes are not, or the
            bytes are a format that cannot be read.
    """
    if _PDF_MARK in data[:_PDF_MARK_WITHIN]:
        return "pdf"
    if data.startswith(_ZIP_MARK):
        _require_word_document(data, path)
        return "docx"
    suffix = path.suffix.lower()
    if data.startswith(_OLE_MARK):
        raise UnreadableFileError(
            path, "is an old or encrypted Office file; save it as .docx without a password"
        )
    if suffix in {".pdf", ".docx"} and not _HTML_START.match(_sniff(data)):
        promised = "a PDF" if suffix == ".pdf" else "a Word document"
        raise UnreadableFileError(
            path, f"is not {promised} (its first bytes are {first_bytes(data)})"
        )
    return "text"


def detect_markup(text: str, name: str) -> Markup:
    """Tell HTML, Markdown and plain text apart by the text; the name decides where it cannot.

    HTML is told by how it starts, or in a file named so by any common tag. In a file that is
    not named Markdown, headings, table rules, fences, links and bold are counted.
    """
    suffix = PurePath(name).suffix.lower()
    if _HTML_START.match(text[:_HTML_START_WITHIN]):
        return "html"
    if suffix in HTML_SUFFIXES and _ANY_TAG.search(text):
        return "html"
    if suffix in MARKDOWN_SUFFIXES or _markdown_score(text) >= _MARKDOWN_SCORE:
        return "markdown"
    return "plain"


def _sniff(data: bytes) -> str:
    return data[:_HTML_START_WITHIN].removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def _markdown_score(text: str) -> int:
    text = text[:_MARKDOWN_WITHIN]
    return sum(
        weight * min(len(sign.findall(text)), _REPEATS_THAT_COUNT)
        for sign, weight in _MARKDOWN_SIGNS
    )


def _require_word_document(data: bytes, path: Path) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
        raise UnreadableFileError(
            path, f"is a damaged archive or Word document ({error})"
        ) from error
    if _DOCX_BODY not in names:
        raise UnreadableFileError(
            path, f"is a zip archive without a Word document in it (no {_DOCX_BODY})"
        )
