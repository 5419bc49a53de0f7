"""Number the sources of a conversation, and tell each in the Vancouver style.

The style is that of the NLM (Citing Medicine, 2nd ed.), which medical journals ask for:
authors, title, journal, year;volume(issue):pages, identifiers, address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from iscalimab_qa.evidence.values import Citation
from iscalimab_qa.exports.text import one_line
from iscalimab_qa.exports.values import Conversation, Quoted, Reference
from iscalimab_qa.sources.values import SourceMetadata

MOST_AUTHORS = 6
"""Authors that are named before "et al."; what the style has of old."""

AS_SUMMARISED = "as summarised in this library"
"""What is said of a source of which the library holds a digest: its words are ours."""

_ET_AL = re.compile(r"et\.? al\.?|and others", re.IGNORECASE)
_IN_VOLUME = re.compile(
    r"(?P<container>\D.*?)\s+(?P<volume>\d+)\s*(?:\((?P<issue>[^()]+)\))?\s*:\s*(?P<pages>[\w.–-]+)"
)
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


class Place(NamedTuple):
    """A citation within a conversation: the answer's index from 0, and its marker there."""

    answer: int
    marker: int


def numbers(conversation: Conversation) -> Mapping[Place, int]:
    """Map every citation to its source's number; one source has one number."""
    known: dict[str, int] = {}
    return {
        place: known.setdefault(citation.source_id, len(known) + 1)
        for place, citation in _citations(conversation)
    }


def references(conversation: Conversation) -> list[Reference]:
    """Return the sources of a conversation in the order of their numbers, each once."""
    numbered = numbers(conversation)
    found: dict[int, Reference] = {}
    for place, citation in _citations(conversation):
        number = numbered[place]
        if number not in found:
            known = conversation.metadata.get(citation.source_id)
            found[number] = _reference(number, citation, known)
    return list(found.values())


def quotations(conversation: Conversation) -> Iterator[Quoted]:
    """Yield every quotation under each claim that cites it, then those of notices alone."""
    numbered = numbers(conversation)
    for index, answer in enumerate(conversation.answers):
        by_marker = {citation.marker: citation for citation in answer.citations}
        claimed = [(claim.text, marker) for claim in answer.claims for marker in claim.citations]
        used = {marker for _, marker in claimed}
        rest = [("", marker) for marker in by_marker if marker not in used]
        for claim, marker in (*claimed, *rest):
            if marker in by_marker:
                number = numbered[Place(index, marker)]
                yield Quoted(answer.question, claim, number, by_marker[marker])


def vancouver(reference: Reference) -> str:
    """Return a reference on one line, without its number; it ends with a full stop."""
    pieces = [
        _authors(reference),
        one_line(reference.title),
        _where(reference),
        f"doi: {reference.doi}" if reference.doi else "",
        f"PMID: {reference.pmid}" if reference.pmid else "",
        f"Available from: {reference.url}" if _needs_address(reference) else "",
    ]
    told = " ".join(_closed(piece) for piece in pieces if piece)
    if not reference.is_digest:
        return told
    read = f" from its {reference.read_from}" if reference.read_from else ""
    return f"{told.removesuffix('.')}, {AS_SUMMARISED}{read}."


def _citations(conversation: Conversation) -> Iterator[tuple[Place, Citation]]:
    for index, answer in enumerate(conversation.answers):
        for citation in answer.citations:
            yield Place(index, citation.marker), citation


def _reference(number: int, citation: Citation, known: SourceMetadata | None) -> Reference:
    names = [one_line(name) for name in known.authors] if known else []
    first_cut = next((i for i, name in enumerate(names) if _ET_AL.fullmatch(name)), len(names))
    container = one_line(known.container or "") if known else ""
    parts = _IN_VOLUME.fullmatch(container)
    said = parts.groupdict(default="") if parts else {"container": container}
    return Reference(
        number=number,
        source_id=citation.source_id,
        title=one_line(citation.title),
        authors=tuple(filter(None, names[:first_cut])),
        is_cut=first_cut < len(names),
        container=said["container"],
        volume=said.get("volume", ""),
        issue=said.get("issue", ""),
        pages=said.get("pages", ""),
        published=one_line(citation.published or ""),
        doi=one_line(citation.doi or ""),
        pmid=one_line(citation.pmid or ""),
        url=one_line(citation.url or ""),
        trials=tuple(map(one_line, citation.trials)),
        kind=citation.kind,
        tier=citation.tier,
        is_digest=citation.text_kind == "digest",
        read_from=citation.read_from or "",
    )


def _authors(reference: Reference) -> str:
    named = reference.authors[:MOST_AUTHORS]
    is_cut = reference.is_cut or len(reference.authors) > MOST_AUTHORS
    return ", ".join([*named, *(["et al"] if named and is_cut else [])])


def _where(reference: Reference) -> str:
    """Tell "Journal. 2020;20(2):463-473", or the container and the date alone."""
    if not reference.volume:
        return " ".join(map(_closed, filter(None, [reference.container, _date(reference)])))
    issue = f"({reference.issue})" if reference.issue else ""
    volume = f"{reference.volume}{issue}:{reference.pages}"
    dated = f"{reference.year};{volume}" if reference.year else volume
    return f"{_closed(reference.container)} {dated}"


def _date(reference: Reference) -> str:
    """Tell an ISO date as the style has it: "2020 Mar 5"; anything else as it stands."""
    found = re.fullmatch(r"(\d{4})(?:-(0[1-9]|1[0-2]))?(?:-(\d\d))?", reference.published)
    if not found:
        return reference.published
    year, month, day = found.groups()
    pieces = [year, _MONTHS[int(month) - 1] if month else "", str(int(day)) if day else ""]
    return " ".join(filter(None, pieces))


def _needs_address(reference: Reference) -> bool:
    return bool(reference.url) and not (reference.doi and "doi.org/" in reference.url)


def _closed(piece: str) -> str:
    return piece if piece.endswith((".", "?", "!")) else f"{piece}."
