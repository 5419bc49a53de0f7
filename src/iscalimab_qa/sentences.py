"""Find the sentences of a line of scientific prose, as spans of it.

Rules rather than a model: a full stop ends a sentence unless what stands before it is an
abbreviation, an initial or a number's own point, or what follows goes on in lower case.
"""

from __future__ import annotations

import re
from typing import NamedTuple

NO_END_AFTER = frozenset(
    """al approx ca cf ch cm dept dr ed eds eg eq eqs et etc fig figs ff ie inc incl
    jr kg ltd mg mr mrs ms no nos nr op p pp prof ref refs resp sec sect sp spp sr st subsp suppl
    tab tabs univ viz vol vols vs wk yr jan feb mar apr jun jul aug sep sept oct nov dec
    e.g i.e a.k.a i.v s.c i.m p.o b.i.d q.d u.s u.k a.m p.m""".split()
)
"""Abbreviations whose full stop does not end a sentence, lower case, without the last stop."""

MAY_END_AFTER = frozenset("etc al inc ltd no a.m p.m u.s u.k mg kg cm".split())
"""Of these, those that end a sentence when a capitalised common word follows."""

_CANDIDATE = re.compile(
    r"""(?P<end>[.!?…]+["'”’)\]]*)      # the marks, and what closes with them
        (?=\s+(?P<next>["'“‘(\[]*\S))   # white space, then the next word's beginning
    """,
    re.VERBOSE,
)
_WORD_BEFORE = re.compile(r"[^\s(\[“\"']+$")
_INITIAL = re.compile(r"^(?:[A-Z]|[A-Z]\.[A-Z]|[A-Z][a-z]?-[A-Z])$")
_SENTENCE_OPENERS = re.compile(
    r"^(?:The|A|An|In|On|At|It|This|These|Those|We|Our|They|Their|He|She|There|However|Although|"
    r"After|Before|For|From|With|By|To|As|When|While|Of|No|Not|Both|All|Each|Here|Thus|Therefore)\b"
)


class SentenceSpan(NamedTuple):
    """Half-open range of one sentence in the text that was given, without outer space."""

    start: int
    end: int


def sentence_spans(text: str) -> list[SentenceSpan]:
    """Split a line of prose into its sentences.

    Args:
        text: One block's text; line breaks count as space.

    Returns:
        Spans in order, never overlapping and never empty; every character outside them
        is white space, so nothing of the text is lost.
    """
    spans: list[SentenceSpan] = []
    start = 0
    for match in _CANDIDATE.finditer(text):
        if _ends_sentence(text, match):
            spans += _trimmed(text, start, match.end())
            start = match.end()
    return spans + _trimmed(text, start, len(text))


def pasted_sentences(text: str) -> list[str]:
    """Cut a text at blank lines and into sentences; single line breaks are where it was wrapped."""
    paragraphs = (" ".join(each.split()) for each in re.split(r"\n\s*\n", text))
    return [each[start:end] for each in paragraphs for start, end in sentence_spans(each)]


def _trimmed(text: str, start: int, end: int) -> list[SentenceSpan]:
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    right = end - (len(piece) - len(piece.rstrip()))
    return [SentenceSpan(left, right)] if right > left else []


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    marks = match["end"]
    following = match["next"]
    opens = following.lstrip("\"'“‘([")
    # "IL-6 . the" and "vs. 5": what goes on in lower case goes on.
    if opens and opens[0].islower():
        return marks[0] in "!?" and len(marks) > 1
    if not marks.startswith(".") or marks.startswith(".."):
        return True
    before = _WORD_BEFORE.search(text[: match.start()])
    if before is None:
        return True
    word = before[0]
    if marks == "." and _INITIAL.match(word):
        return _is_opener(text, match) and len(word) == 1 and not _after_name(text, match)
    bare = word.lower().rstrip(".")
    if bare in NO_END_AFTER and marks == ".":
        return bare in MAY_END_AFTER and _is_opener(text, match)
    return True


def _is_opener(text: str, match: re.Match[str]) -> bool:
    """Whether the next word is one that opens sentences and is no name."""
    return bool(_SENTENCE_OPENERS.match(text[match.end() :].lstrip()))


def _after_name(text: str, match: re.Match[str]) -> bool:
    """Whether the initial belongs to a name, as in "Lynn S. The": unlikely, so a guess."""
    before = text[: match.start() - 1].rstrip()
    return before.endswith((",", "."))
