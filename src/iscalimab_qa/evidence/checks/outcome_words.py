"""A claim that says how something turned out needs cited words that say so.

"Failed", "succeeded", "beat placebo" and "was safe" are everyday words, which may differ freely
elsewhere; as the whole of what a sentence says they must be borne out, in whatever wording.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from iscalimab_qa.evidence.checks.findings import Finding, Findings
from iscalimab_qa.evidence.checks.grounds import Grounds
from iscalimab_qa.evidence.wording.patterns import pattern


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
        pattern(r"\b(?:fail(?:ed|s|ing|ure)?|unsuccessful)\b(?!\s+(?:to\s+respond|patients))"),
        pattern(
            rf"""fail | unsuccess | {_NOT_REACHED} | miss(?:ed|es) | lack | futil | worse | inferior
                 | (?<!not\s)(?:terminat | discontinu | stopped | halted)
                 | less\s+(?:well|efficacy|effective)"""
        ),
    ),
    _Turn(
        pattern(r"\b(?:succeed(?:ed|s)?|success(?:ful(?:ly)?)?)\b"),
        pattern(
            r"""succe | \bmet\b | \bmeets?\b | reach | achiev | superior | improv | effective
                | benefit | better"""
        ),
    ),
    _Turn(
        pattern(rf"{_DENIED}\s+(?:\w+\s+)?(?:beat|outperform|superior|better)"),
        pattern(
            rf"""{_NOT_REACHED} | fail | inferior | similar | equal | \bless\s+(?:well|effic|effect)
                 | worse | higher\s+rate"""
        ),
    ),
    _Turn(
        pattern(r"(?<!not\s)\b(?:beat|beaten|outperform(?:s|ed)?)\b"),
        pattern(r"beat | outperform | superior | better | improv | greater | \bmore\b | \bthan\b"),
    ),
    _Turn(
        pattern(r"\b(?:was|is|were|are|proved|be)\s+(?:\w+\s+)?safe\b"),
        pattern(r"\bsafe | tolerat | adverse | toxic | harm | death"),
    ),
)


_AIM = (
    r"(?:co-?)?(?:primary|main)?\s*(?:\w+\s+)?"
    r"(?:end\s?-?points?|aims?|goals?|objectives?|outcomes?)"
)
_ITS = r"(?:its|the|their)\s+"
_SAYS_MET = pattern(rf"(?<!not\s)\b(?:met|meets|reached|achieved|hit)\s+{_ITS}{_AIM}")
_SAYS_MISSED = pattern(
    rf"""\b(?:missed|(?:failed\s+to|did\s+not)\s+(?:meet|reach|achieve))\s+{_ITS}{_AIM}
      | \b{_AIM}\s+(?:of\s+[\w-]+\s+)?(?:was|were)\s+(?:not\s+(?:met|reached)|missed)"""
)
_CLAIMS_FAILED = pattern(
    rf"""(?<!not\s)\b(?:fail(?:s|ed)?\b(?!\s+to\s+respond) | unsuccessful
      | miss(?:ed)?\s+{_ITS}{_AIM})"""
)
_CLAIMS_MET = pattern(
    rf"""(?<!not\s)\b(?:succe(?:ed(?:s|ed)?|ss(?:ful)?)
      | (?:meet|met|reach(?:ed)?|achieved?|hit)\s+{_ITS}{_AIM})"""
)


def check_outcome_words(claim: str, grounds: Grounds) -> Findings:
    """Find words on how something turned out that nothing cited bears out, or that it denies."""
    return _denied(claim, grounds) or _not_borne_out(claim, grounds)


def _denied(claim: str, grounds: Grounds) -> Findings:
    """Find claims of a failure where the cited words tell of an aim met, or the reverse."""
    quoted = "\n".join(grounds.quotes)
    met, missed = _SAYS_MET.search(quoted), _SAYS_MISSED.search(quoted)
    if bool(met) == bool(missed):
        return ()
    said = (_CLAIMS_FAILED if met else _CLAIMS_MET).search(claim)
    held = met or missed
    if said is None or held is None or re.search(rf"{_DENIED}[^,;]*$", claim[: said.start()]):
        return ()
    return (Finding("negation", said[0], f"the cited words say otherwise: {held[0]}"),)


NOT_SAID = "the cited words do not say so"
"""How a remark begins that words on an outcome are borne out by nothing."""


def _not_borne_out(claim: str, grounds: Grounds) -> Findings:
    cited = grounds.everything
    return tuple(
        Finding("arms", found[0].lower(), f"{NOT_SAID}: {found[0].lower()!r}")
        for turn in _TURNS
        if (found := turn.said.search(claim)) and not turn.borne_out.search(cited)
    )
