"""Write what a user says of a document into the file that is read beside it.

`paper.pdf.meta.yaml` holds the fields of front matter, for documents that cannot hold them.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from iscalimab_qa.errors import FrontMatterError
from iscalimab_qa.sources.citation_files import Reference
from iscalimab_qa.sources.decode import decode_text
from iscalimab_qa.sources.detect import detect_container
from iscalimab_qa.sources.frontmatter import parse_metadata, split_front_matter
from iscalimab_qa.sources.values import SourceKind


@dataclass(frozen=True, slots=True)
class Details:
    """What a user says of a document; what is empty or None is not said.

    `tier` runs from 1 (strongest) to 10; None is unclassified.
    """

    title: str = ""
    doi: str = ""
    trials: tuple[str, ...] = ()
    kind: SourceKind | None = None
    tier: int | None = None
    authors: tuple[str, ...] = ()
    container: str = ""
    published: str = ""
    pmid: str = ""
    url: str = ""

    def filled_from(self, reference: Reference) -> Details:
        """Return the details with a reference's in place of those that a document guessed."""
        told = {name: value for name in _SHARED if (value := getattr(reference, name))}
        return replace(self, **told)


_SHARED = (
    *("title", "doi", "trials", "kind"),
    *("authors", "container", "published", "pmid", "url"),
)


def sidecar_text(details: Details) -> str:
    """Return the sidecar as YAML; empty where nothing is said.

    Values are written as texts, so that a number keeps its spelling.
    """
    fields: dict[str, Any] = {
        name: list(value) if isinstance(value, tuple) else value
        for name in (*_SHARED, "tier")
        if (value := getattr(details, name))
    }
    if "trials" in fields:
        fields["trials"] = [{"id": trial} for trial in fields["trials"]]
    return yaml.safe_dump(fields, allow_unicode=True, sort_keys=False) if fields else ""


def require_sound(details: Details, name: str) -> None:
    """Check details as they will be checked when the document is read.

    Args:
        details: What a user said.
        name: The document's name, for the error.

    Raises:
        FrontMatterError: A field is of the wrong form; `reason` says which, without a line.
    """
    path = Path(name)
    try:
        parse_metadata(sidecar_text(details), path, first_line=1, fallback_title=path.stem)
    except FrontMatterError as error:
        error.reason = error.reason.removeprefix(f"line {error.line}: ")
        raise


def describes_itself(path: Path, data: bytes) -> bool:
    """Tell whether a document has front matter, beside which a sidecar is refused.

    Raises:
        UnreadableFileError: It cannot be told what the document is.
    """
    if detect_container(data, path) != "text":
        return False
    return split_front_matter(decode_text(data, path).text, path) is not None


def same_title(one: str, other: str) -> bool:
    """Tell whether two titles differ in case, accents and punctuation at most."""
    return bool(_letters(one)) and _letters(one) == _letters(other)


def _letters(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).casefold()
    return "".join(one for one in plain if one.isalnum())
