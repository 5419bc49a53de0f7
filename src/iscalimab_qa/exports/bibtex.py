"""References as BibTeX."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from iscalimab_qa.exports.names import person
from iscalimab_qa.exports.references import AS_SUMMARISED
from iscalimab_qa.exports.values import Reference

_SPECIAL = {
    "\\": r"\textbackslash{}",
    # Escaped as \{ a brace would still count when the entry's end is looked for.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{special: f"\\{special}" for special in "&%$#_"},
}
_KEPT_IN_ADDRESS = "/:;?#@!$&'()*+,=-._~%[]"


def bibtex(references: Sequence[Reference]) -> str:
    """Return the references as BibTeX entries in the order of their numbers.

    A key is the source's id in ASCII, with a letter behind it where two would be the same.
    Text is UTF-8, TeX's own characters are escaped, and every field's braces are balanced.
    """
    return "\n".join(
        _entry(key, reference) for key, reference in zip(_keys(references), references, strict=True)
    )


def latex(text: str) -> str:
    """Escape what TeX would read as a command."""
    return "".join(_SPECIAL.get(character, character) for character in text)


def _keys(references: Sequence[Reference]) -> Iterator[str]:
    taken: set[str] = set()
    for reference in references:
        ascii_id = unicodedata.normalize("NFKD", reference.source_id).encode("ascii", "ignore")
        base = re.sub(r"[^A-Za-z0-9_-]+", "-", ascii_id.decode()).strip("-") or "source"
        key, again = base, 1
        while key.casefold() in taken:
            again += 1
            key = f"{base}-{again}"
        taken.add(key.casefold())
        yield key


def _entry(key: str, reference: Reference) -> str:
    kind = "article" if reference.volume else "misc"
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(reference) if value)
    return f"@{kind}{{{key},\n{lines}}}\n"


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    # A second pair of braces keeps a style from lowering the capitals of names and codes.
    yield "title", f"{{{latex(reference.title)}}}"
    yield "author", " and ".join(_authors(reference))
    yield ("journal" if reference.volume else "howpublished"), latex(reference.container)
    yield "year", latex(reference.year)
    yield "month", _month(reference.published)
    yield "volume", latex(reference.volume)
    yield "number", latex(reference.issue)
    yield "pages", latex(re.sub(r"[-–]", "--", reference.pages))
    yield "doi", _address(reference.doi)
    yield "pmid", latex(reference.pmid)
    yield "url", _address(reference.url)
    yield "keywords", latex(", ".join(reference.trials))
    yield "note", _note(reference)


def _authors(reference: Reference) -> Iterator[str]:
    for name in reference.authors:
        split = person(name)
        if split:
            yield f"{latex(split.family)}, {latex(split.given)}"
        else:
            yield f"{{{latex(name)}}}"  # a group's name is one word to BibTeX
    if reference.is_cut:
        yield "others"


def _month(published: str) -> str:
    found = re.match(r"\d{4}-(0[1-9]|1[0-2])", published)
    return str(int(found[1])) if found else ""


def _address(address: str) -> str:
    """Keep an address as it is, for the field is read verbatim, but never its braces."""
    return quote(address, safe=_KEPT_IN_ADDRESS)


def _note(reference: Reference) -> str:
    return AS_SUMMARISED.capitalize() if reference.is_digest else ""
