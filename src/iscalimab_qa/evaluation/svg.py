"""Strokes and letters of the plots, in the colours of the page that holds them."""

from __future__ import annotations

import re

from iscalimab_qa.evaluation.markup import shown

WIDTH = 380
"""Of every plot, in its own units: about as many pixels as a telephone has, so that letters
keep their size there."""

LETTERS = 12
"""Height of the letters, in the same units."""

ACCENT = "var(--accent,currentColor)"
QUIET = "var(--quiet,currentColor)"
LINE = "var(--line,currentColor)"
PAPER = "var(--paper,transparent)"


def figure(title: str, told: str, height: float, body: str) -> str:
    """Return a plot as one image with a name and, in words, what it shows.

    Args:
        title: Its name, one of a kind on a page.
        told: The plotted values in words, for those who do not see them.
        height: Of the plot, in units.
        body: Markup.
    """
    key = "plot-" + re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" role="img" '
        f'aria-labelledby="{key}" aria-describedby="{key}-told" font-size="{LETTERS}" '
        f'fill="currentColor"><title id="{key}">{shown(title)}</title>'
        f'<desc id="{key}-told">{shown(told)}</desc>{body}</svg>'
    )


def text(x: float, y: float, words: str, *, anchor: str = "start", fill: str = QUIET) -> str:
    """Return words whose line stands at y; they start, centre or end at x."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{fill}">{shown(words)}</text>'
    )


def line(
    x1: float, y1: float, x2: float, y2: float, *, stroke: str = LINE, dashed: bool = False
) -> str:
    """Return a straight line."""
    dashes = ' stroke-dasharray="3 3"' if dashed else ""
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{stroke}"{dashes}/>'
    )


def box(x: float, y: float, width: float, height: float) -> str:
    """Return a bar: a pale body, on which an interval can be seen, within a clear rim."""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
        f'fill="{ACCENT}" fill-opacity="0.22" stroke="{ACCENT}"/>'
    )


def dot(x: float, y: float) -> str:
    """Return a point, with a rim that sets it off from what it lies on."""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{ACCENT}" stroke="{PAPER}"/>'
