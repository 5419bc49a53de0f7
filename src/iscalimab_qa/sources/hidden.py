"""What a document holds that its readers do not see, and how that is said in a warning.

Hidden text is where orders to a reader that is no human are put, and where lies are put that
nobody would check. It never becomes part of a source's text; it is never dropped in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from iscalimab_qa.sources.disguise import smuggled
from iscalimab_qa.sources.normalise import clean_text
from iscalimab_qa.sources.orders import order_in

_FEWEST_WORDS = 6
"""Fewer are a label, a button's name or an accident."""
_EXCERPT_CHARS = 80
_MOST_TOLD = 3

_NOT_SHOWN_ANYWAY = frozenset({"a comment", "the file's properties", "a picture's description"})
"""Places that are not meant to be read; what they say is only told when it gives orders."""

_SCRIPT_LINK = re.compile(
    r"\]\(\s*<?\s*(?:javascript|vbscript)\s*:|\]\(\s*<?\s*data:text/html"
    r"|(?:href|src|action)\s*=\s*[\"']?\s*(?:vbscript\s*:|data:text/html|javascript\s*:[^\"']{0,200}"
    r"(?:cookie|fetch\(|XMLHttp|sendBeacon|eval\(|alert\(|atob\(|localStorage))",
    re.IGNORECASE,
)
_TEMPLATED_LINK = re.compile(
    r"https?://[^\s)\"'>]*(?:\{\{?|%7b|\[|<|\$\{)\s*(?:the_?|user_?)?"
    r"(?:question|query|prompt|history|conversation|secret|answer|context|api_?key|chat)",
    re.IGNORECASE,
)


class Hidden(NamedTuple):
    """Words that were left out: why nobody sees them, and where they stand ("page 2")."""

    how: str
    text: str
    where: str = ""


def hidden_warnings(hidden: Sequence[Hidden]) -> Iterator[str]:
    """Yield a sentence for each hidden text that gives orders, and one for each way of hiding."""
    ordering = [(one, reason) for one in hidden if (reason := order_in(one.text))]
    for one, reason in ordering[:_MOST_TOLD]:
        yield f"hidden text{_at(one)} holds {reason} and is not read: {excerpt(one.text)}"
    if len(ordering) > _MOST_TOLD:
        yield f"{len(ordering) - _MOST_TOLD} more hidden texts hold orders and are not read"
    told = {one for one, _ in ordering}
    others = [one for one in hidden if one not in told and _is_prose(one)]
    for _, alike in groupby(sorted(others, key=lambda one: one.how), key=lambda one: one.how):
        first, *more = alike
        and_more = f" and {len(more)} more" if more else ""
        said = f"{excerpt(first.text)}{and_more}"
        yield f"text that its readers do not see{_at(first)} is not read: {said}"


def raw_warnings(raw: str) -> Iterator[str]:
    """Yield what is found in the characters of a text file before anything is taken out.

    Words in invisible characters, links that run a script, links with a place for the
    reader's question: none of them is read, all of them are said.
    """
    messages = list(dict.fromkeys(smuggled(raw)))
    if messages:
        said = f": {excerpt(messages[0])}" if messages[0].strip() else ""
        yield f"a message in characters that nobody sees is not read{said}"
    if _SCRIPT_LINK.search(raw):
        yield "a link that would run a script is not followed or kept"
    if _TEMPLATED_LINK.search(raw):
        yield "a link with a place for what readers ask is not followed or kept"


def excerpt(text: str) -> str:
    """Return the first words of a text in quotation marks, on one line."""
    line = clean_text(text)
    if len(line) > _EXCERPT_CHARS:
        line = line[:_EXCERPT_CHARS].rsplit(" ", 1)[0] + " ..."
    return f"“{line}”"


def _at(one: Hidden) -> str:
    place = f", {one.where}" if one.where else ""
    return f" ({one.how}{place})"


def _is_prose(one: Hidden) -> bool:
    return one.how not in _NOT_SHOWN_ANYWAY and len(one.text.split()) >= _FEWEST_WORDS
