"""References as RIS, the format that reference managers take in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from iscalimab_qa.exports.names import person
from iscalimab_qa.exports.references import AS_SUMMARISED
from iscalimab_qa.exports.text import one_line
from iscalimab_qa.exports.values import Reference

_TYPES: Mapping[str, str] = {
    "conference_abstract": "CPAPER",
    "registry_record": "DATA",
    "press_release": "PRESS",
    "news": "NEWS",
    "web_page": "ELEC",
    "vendor_page": "ELEC",
    "document": "GEN",
    "note": "GEN",
}
"""A source of another kind is an article."""


def ris(references: Sequence[Reference]) -> str:
    """Return the references as RIS records in the order of their numbers.

    A tag is one line whatever the text holds, so no title can add a tag or a record.
    """
    return "".join(_record(reference) for reference in references)


def _record(reference: Reference) -> str:
    lines = [
        f"{tag}  - {value}\r\n"
        for tag, text in _tags(reference)
        if (value := one_line(text)) or tag == "ER"
    ]
    return "".join(lines)


def _tags(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "TY", _TYPES.get(reference.kind, "JOUR") if not reference.volume else "JOUR"
    yield "ID", reference.source_id
    yield "TI", reference.title
    for name in reference.authors:
        split = person(name)
        yield "AU", f"{split.family}, {split.given}" if split else name
    yield "T2", reference.container
    yield "PY", reference.year
    yield "DA", _date(reference.published)
    yield "VL", reference.volume
    yield "IS", reference.issue
    first, _, last = reference.pages.replace("–", "-").partition("-")
    yield "SP", first
    yield "EP", last
    yield "DO", reference.doi
    yield "AN", reference.pmid
    yield "UR", reference.url
    for trial in reference.trials:
        yield "KW", trial
    yield "N1", AS_SUMMARISED.capitalize() if reference.is_digest else ""
    yield "ER", ""


def _date(published: str) -> str:
    """Turn an ISO date into `YYYY/MM/DD/`, its unknown parts empty."""
    if not published[:4].isdigit():
        return ""
    year, month, day, *_ = [*published.split("-"), "", ""]
    return f"{year}/{month}/{day}/"
