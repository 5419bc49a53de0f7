"""Addresses of a source elsewhere, built from identifiers that have the right form only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from iscalimab_qa.evidence.values import Citation

_DOI = re.compile(r"10\.\d{4,9}/[^\s<>\"'\\^`{|}]+")
_PMID = re.compile(r"[1-9]\d{0,8}")
_NCT = re.compile(r"NCT\d{8}")
_EUDRACT = re.compile(r"\d{4}-\d{6}-\d{2}")
_DOI_SAFE = "/:;()._-"
"""What a DOI may hold besides letters and digits that an address need not escape."""


class Link(NamedTuple):
    """Where a reader can look further: what it is called, and an http(s) address."""

    label: str
    address: str


def links(citation: Citation) -> tuple[Link, ...]:
    """List a source's addresses: DOI, PubMed, registry records, then its own page.

    An identifier of the wrong form yields none, and neither does a page that is no http(s)
    address or lies on a host that is linked already.
    """
    found = list(dict.fromkeys(_from_identifiers(citation)))
    hosts = {urlsplit(link.address).hostname for link in found}
    page = page_link(citation.url)
    if page and urlsplit(page.address).hostname not in hosts:
        found.append(page)
    return tuple(found)


def _from_identifiers(citation: Citation) -> Iterator[Link]:
    if citation.doi and _DOI.fullmatch(citation.doi):
        yield Link("DOI", f"https://doi.org/{quote(citation.doi, safe=_DOI_SAFE)}")
    if citation.pmid and _PMID.fullmatch(citation.pmid):
        yield Link("PubMed", f"https://pubmed.ncbi.nlm.nih.gov/{citation.pmid}/")
    for trial in citation.trials:
        address = registry_address(trial)
        if address:
            yield Link(trial, address)


def registry_address(trial: str) -> str | None:
    """Return the registry record's address of an NCT or EudraCT number, None for other names."""
    if _NCT.fullmatch(trial):
        return f"https://clinicaltrials.gov/study/{trial}"
    if _EUDRACT.fullmatch(trial):
        return f"https://www.clinicaltrialsregister.eu/ctr-search/search?query={trial}"
    return None


def page_link(url: str | None) -> Link | None:
    """Return a link to an http(s) page, called by its host; None for anything else."""
    if not url or not url.isprintable() or any(map(str.isspace, url)):
        return None
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    if not host or urlsplit(url).scheme not in {"http", "https"}:
        return None
    return Link(host.removeprefix("www."), url)
