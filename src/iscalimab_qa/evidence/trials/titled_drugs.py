"""Learn drugs whose names have no known shape: a title names them, and a dose stands behind.

"Examplorin in gout" may be about anything; with "examplorin 20 mg" somewhere, or as the head of
an arm's column, it is about a drug.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from iscalimab_qa.lexicon.aliases import AliasGroup
from iscalimab_qa.sources.values import Source

_SHORTEST = 6
"""Letters of a name: shorter words of titles are everyday ones ("iron", "shots")."""

_WORD = re.compile(rf"(?<![\w-])[A-Za-z][a-z]{{{_SHORTEST - 1},19}}(?![\w-])")
_GIVEN = re.compile(
    rf"(?<![\w-])(?P<dosed>[A-Za-z][a-z]{{{_SHORTEST - 1},19}})"
    r"\s+\(?\d+(?:\.\d+)?\s?(?:mg|µg|μg|mcg)\b"
    rf"|(?:^|\|)\s*(?P<headed>[A-Z][a-z]{{{_SHORTEST - 1},19}})\s*\(n\s*=",
    re.MULTILINE,
)
_NO_DRUG = re.compile(
    r"placebo|control|vaccin\w*|antibod\w*|tablets?|capsules?|injections?|infusions?|treatment|therapy|patients?"
    r"|adults?|children|women|exceeding|maximum|minimum|median|versus|against|within|either|initial|single"
    r"|second|inhaler|inhibitors?|weekly|monthly|\w+(?:ly|ous|ed|ing|ion|ment|ised|ized|ular|ative)",
    re.IGNORECASE,
)
"""Words of titles behind which a dose may stand as well."""


def titled_drugs(sources: Iterable[Source], aliases: Iterable[AliasGroup]) -> list[AliasGroup]:
    """Return a group of one name for each drug that titles and doses teach.

    Args:
        sources: The library.
        aliases: What the lexicon knows already is not learnt anew.
    """
    sources = list(sources)
    known = {name.lower() for group in aliases for name in group.says}
    titled = {word for source in sources for word in _titled(source)} - known
    given = {word for source in sources for word in _given(source.text)} if titled else set()
    return [AliasGroup("drug", (name,), (name,)) for name in sorted(titled & given)]


def _titled(source: Source) -> Iterator[str]:
    words = _WORD.findall(source.metadata.title)
    return (word.lower() for word in words if not _NO_DRUG.fullmatch(word))


def _given(text: str) -> Iterator[str]:
    return ((match["dosed"] or match["headed"]).lower() for match in _GIVEN.finditer(text))
