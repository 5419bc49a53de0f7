"""Take a source's own reference markers out of its sentences: `[1]`, `[2, 5-7]`, `[^3]`.

They point into a list that a reader of an answer does not see, and would be taken for the
answer's own. Brackets that hold figures stay: intervals, scales, percentages in a table, ring
positions of a compound.
"""

from __future__ import annotations

import re

from iscalimab_qa.sources.scripts import RAISED_DIGITS

_NUMBER = r"[1-9]\d{0,2}"
_ONE = rf"\[\s?{_NUMBER}(?:\s?[,;–—-]\s?{_NUMBER})*\s?\]"
_RUN = rf"{_ONE}(?:\s*[,;–-]?\s*{_ONE})*"
_LEAD_IN = r"(?:(?:see|cf\.?|e\.g\.|for example|reviewed in|refs?\.?|references?)[\s,]*)*"

_TO_STOP = r"(?:\s+(?=[.,;:)\]]))?"
_BRACKETED = re.compile(rf"\s*(?:\[\s?{_RUN}\s?\]|{_RUN}){_TO_STOP}")
_IN_PARENTHESES = re.compile(rf"\s*\(\s*{_LEAD_IN}{_RUN}[\s.,;]*\){_TO_STOP}", re.IGNORECASE)
_FOOTNOTE = re.compile(rf"\s*\[(?:\^[\w-]{{1,40}}|citation needed|edit)\]:?{_TO_STOP}")
_RAISED_AFTER_STOP = re.compile(
    rf"(?<=[a-z)][.,;:])[{RAISED_DIGITS}]+(?:[,–-][{RAISED_DIGITS}]+)*(?=\s|$)"
)

_NUMBERS_ONLY = re.compile(r"[\[(]?\s*\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\s*[\])]?")
_WITHIN_PAGE = re.compile(r"[^\s#]*#(?!.*(?:fig|tab|tbl|sec|eq|box|app|supp))", re.IGNORECASE)
"""An address within a page that does not name a figure, a table or a section."""

_TAIL = 60
"""Characters before a bracket that can tell what it holds."""

_ESTIMATE = re.compile(r"(?<![\w.-])(\d[\d.·]*)\s*(?:%|[A-Za-zµμ/²]{1,10})?\s*$")
_GLUED_FIGURE = re.compile(r"(?<![\w.-])\d[\d.]*$")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_RANGE_WORD = re.compile(
    r"\b(?:range|scale|scores?|interval|iqr|ci|sd|sem?|median|mean|quartiles?|between|from)"
    r"\s*[:=]?\s*$",
    re.IGNORECASE,
)
_FIGURES_ONLY = re.compile(r"[\d\s.,;:%()\[\]<>=±–-]+")
_SENTENCE_STARTS = re.compile(r"[A-Z][a-z ]")


def drop_reference_markers(text: str) -> str:
    """Remove markers, and the space that would be left before a comma or a full stop."""
    text = _RAISED_AFTER_STOP.sub("", text)
    if "[" not in text:
        return text
    text = _FOOTNOTE.sub("", text)
    text = _IN_PARENTHESES.sub("", text)
    return _BRACKETED.sub(_dropped, text)


def marker_of_link(text: str, address: str) -> str | None:
    """Return a link as a marker, `[3]`, where numbers lead to a place in the page; else None."""
    text = text.strip()
    if _WITHIN_PAGE.match(address) and _NUMBERS_ONLY.fullmatch(text):
        return f"[{text.strip('[]() ')}]"
    return None


def _dropped(match: re.Match[str]) -> str:
    before = match.string[max(0, match.start() - _TAIL) : match.start()]
    after = match.string[match.end() : match.end() + 2]
    gap = match[0][: len(match[0]) - len(match[0].lstrip())]
    if _holds_figures(before, match, gap) or _belongs_to_a_name(before, after):
        return match[0]
    if after[:1].isalnum():
        return " "
    return ""


def _belongs_to_a_name(before: str, after: str) -> bool:
    """Tell `[1,2]oxazine`, and the number at the head of a list entry, from a marker."""
    if not before.strip() or before.endswith("-"):
        return True
    if before.endswith((".", "!", "?")) and _SENTENCE_STARTS.match(after):
        return False
    return after[:1].isalpha() or (after[:1] == "-" and after[1:2].isalpha())


def _holds_figures(before: str, match: re.Match[str], gap: str) -> bool:
    """Tell an interval about its estimate, a scale or a table's percentage from a marker."""
    numbers = [int(number) for number in re.findall(r"\d+", match[0])]
    if len(numbers) == 1:
        glued = not gap and _GLUED_FIGURE.search(before)
        in_a_cell = len(match.string) <= _TAIL and _FIGURES_ONLY.fullmatch(match.string)
        return bool(in_a_cell or (glued and not _YEAR.search(before)))
    if _RANGE_WORD.search(before):
        return True
    estimate = _ESTIMATE.search(before)
    if len(numbers) > 2 or not estimate or _YEAR.search(estimate[1]):  # noqa: PLR2004
        return False
    value = float(estimate[1].replace("·", ".").rstrip(".") or "nan") if estimate else 0.0
    return min(numbers) <= value <= max(numbers)
