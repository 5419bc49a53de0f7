"""A claim that says how something turned out needs cited words that say so.

"Failed", "succeeded", "beat placebo" and "was safe" are everyday words, which may differ freely
elsewhere; as the whole of what a sentence says they must be borne out, in whatever wording.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from iscalimab_qa.evidence.checks.findings import Finding, Findings
from iscalimab_qa.evidence.checks.grounds import Grounds


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE | re.VERBOSE)


class _Turn(NamedTuple):
    """How something turned out: words that say so, and all words that bear them out."""

    said: re.Pattern[str]
    borne_out: re.Pattern[str]


_DENIED = r"\b(?:not|no|none|never|neither|without|nor|n't)\b"
_NOT_REACHED = (
    rf"{_DENIED}\s+(?:[\w-]+\s+){{0,4}}?(?:met|meet|reach|achiev|superior|improv|differ|effect|beat"
    r"|better|benefit|outperform|shown|success)"
)
"""Words that deny an aim, and not just anything ("was not stopped early")."""

_TURNS = (
    _Turn(
        _pattern(r"\b(?:fail(?:ed|s|ing|ure)?|unsuccessful)\b(?!\s+(?:to\s+respond|patients))"),
        _pattern(
            rf"""fail | unsuccess | {_NOT_REACHED} | miss(?:ed|es) | lack | futil | worse | inferior
                 | (?<!not\s)(?:terminat | discontinu | stopped | halted)
                 | less\s+(?:well|efficacy|effective)"""
        ),
    ),
    _Turn(
        _pattern(r"\b(?:succeed(?:ed|s)?|success(?:ful(?:ly)?)?)\b"),
        _pattern(
            r"""succe | \bmet\b | \bmeets?\b | reach | achiev | superior | improv | effective
                | benefit | better"""
        ),
    ),
    _Turn(
        _pattern(rf"{_DENIED}\s+(?:\w+\s+)?(?:beat|outperform|superior|better)"),
        _pattern(
            rf"""{_NOT_REACHED} | fail | inferior | similar | equal | \bless\s+(?:well|effic|effect)
                 | worse | higher\s+rate"""
        ),
    ),
    _Turn(
        _pattern(r"(?<!not\s)\b(?:beat|beaten|outperform(?:s|ed)?)\b"),
        _pattern(r"beat | outperform | superior | better | improv | greater | \bmore\b | \bthan\b"),
    ),
    _Turn(
        _pattern(r"\b(?:was|is|were|are|proved|be)\s+(?:\w+\s+)?safe\b"),
        _pattern(r"\bsafe | tolerat | adverse | toxic | harm | death"),
    ),
)


def check_outcome_words(claim: str, grounds: Grounds) -> Findings:
    """Find words on how something turned out that nothing cited bears out."""
    cited = grounds.everything
    return tuple(
        Finding("arms", found[0].lower(), f"the cited words do not say so: {found[0].lower()!r}")
        for turn in _TURNS
        if (found := turn.said.search(claim)) and not turn.borne_out.search(cited)
    )
