"""The parts that every page of an evaluation is made of: escaping, numbers, tables, the shell.

Questions, documents and answers are hostile here: whatever they hold is shown, never run. A
page asks for nothing from outside, and its content security policy forbids it to.
"""

from __future__ import annotations

import base64
import hashlib
import html
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from iscalimab_qa.evaluation.intervals import Estimate
from iscalimab_qa.evaluation.summary import LATENCIES, LOWER_IS_BETTER

UNBOUNDED = frozenset({"words", *LATENCIES})
"""Measures that are counts of something; all others lie in [0, 1]."""

_MINUS = "−"
"""As wide as a plus, so that signed columns line up; a hyphen is not."""


def shown(value: object) -> str:
    r"""Escape a value for HTML, as text or within an attribute; line breaks stay.

    What would be invisible or would reorder the line stands as `\u202e`, so that one sees it.

    >>> shown("<b>\u202e")
    '&lt;b&gt;\\u202e'
    """
    return html.escape("".join(map(_visible, str(value))))


def _visible(char: str) -> str:
    if char == "\n" or char.isprintable() or unicodedata.category(char) == "Zs":
        return char
    return char.encode("unicode_escape").decode("ascii")


def number(value: float, measure: str = "") -> str:
    """Write a value of a measure: three decimals in [0, 1], one for counts and milliseconds."""
    return f"{value:.{_decimals(measure)}f}".replace("-", _MINUS)


def signed(value: float, measure: str = "") -> str:
    """Write a difference with its sign; one that rounds to nothing has none."""
    rounded = round(value, _decimals(measure))
    return f"{rounded:+.{_decimals(measure)}f}".replace("-", _MINUS) if rounded else number(0.0)


def _decimals(measure: str) -> int:
    return 1 if measure in UNBOUNDED else 3


def measure_html(name: str) -> str:
    """Return a measure's name, and whether less of it is better."""
    lower = " <small>lower is better</small>" if name in _LOWER else ""
    return shown(name) + lower


_LOWER = LOWER_IS_BETTER | {"calibration error", *LATENCIES}


def difference_html(name: str, gap: Estimate) -> str:
    """Return a difference with its interval, in bold if that leaves out zero."""
    ends = f"({signed(gap.low, name)} to {signed(gap.high, name)})"
    words = f'{signed(gap.mean, name)} <span class="interval">{ends}</span>'
    return f"<strong>{words}</strong>" if gap.low > 0 or gap.high < 0 else words


def readable(name: str) -> str:
    """Write a label as words: `trial_outcome` as `trial outcome`."""
    return name.replace("_", " ")


def row(head: str, cells: Iterable[str]) -> str:
    """Return a table's row of markup: its heading, then its cells."""
    rest = "".join(f"<td>{cell}</td>" for cell in cells)
    return f'<tr><th scope="row">{head}</th>{rest}</tr>'


def table(caption: str, heads: Iterable[str], rows: Iterable[str]) -> str:
    """Return a table that scrolls by itself where it is wider than the window.

    Args:
        caption: Plain text; also the name of the region that the keyboard can scroll.
        heads: Markup of the column headings.
        rows: Markup, see `row`.
    """
    columns = "".join(f'<th scope="col">{head}</th>' for head in heads)
    return (
        # Seen outside the region: a caption within would scroll away with a wide table.
        f'<p class="caption" aria-hidden="true">{shown(caption)}</p>'
        f'<div class="scroll" role="region" tabindex="0" aria-label="{shown(caption)}">'
        f'<table><caption class="unseen">{shown(caption)}</caption>'
        f"<thead><tr>{columns}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def section(key: str, title: str, body: str) -> str:
    """Return a section with a heading, to which `#key` leads."""
    return (
        f'<section id="{shown(key)}" aria-labelledby="{shown(key)}-title">'
        f'<h2 id="{shown(key)}-title">{shown(title)}</h2>{body}</section>'
    )


def shell(title: str, body: str) -> str:
    """Return a whole page: one file, light and dark, with nothing from outside.

    Args:
        title: Plain text.
        body: Markup.
    """
    style, script = _asset("page.css"), _asset("page.js")
    policy = f"default-src 'none'; style-src {_hashed(style)}; script-src {_hashed(script)}"
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{shown(title)}</title><style>{style}</style></head>"
        f"<body><main>{body}</main><script>{script}</script></body></html>\n"
    )


def _asset(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _hashed(text: str) -> str:
    """Name the one style or script that a page may have, as a policy does."""
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
