"""What a check finds amiss in a claim."""

from __future__ import annotations

from typing import Literal, NamedTuple

CheckName = Literal["figures", "arms", "negation", "drug", "trial"]


class Finding(NamedTuple):
    """One thing that a claim says and the cited words do not bear out.

    `said` is the claim's own wording, `text` a short remark for a reader.
    """

    check: CheckName
    said: str
    text: str


Findings = tuple[Finding, ...]
"""What one look at a claim found, in the claim's order; empty where all holds."""
