"""The page's looks come from this package, one style sheet for all views."""

from __future__ import annotations

import re
from importlib import resources

import pytest

from iscalimab_qa.web.looks import style_sheet

AA = 4.5
"""Contrast that WCAG 2.2 asks of text at level AA."""


def test_the_style_sheet_holds_every_views_own() -> None:
    names = [entry.name for entry in resources.files("iscalimab_qa.web").iterdir()]
    sheet = style_sheet()
    for name in (name for name in names if name.endswith(".css")):
        own = resources.files("iscalimab_qa.web").joinpath(name).read_text(encoding="utf-8")
        assert own in sheet
    assert "@import" not in sheet
    assert all(start.startswith('"data:') for start in sheet.split("url(")[1:])


def colours(scheme: str) -> dict[str, str]:
    """Return the named colours of a scheme as the sheet sets them."""
    selector = re.escape(".dark .gradio-container {" if scheme == "dark" else ".gradio-container {")
    block = re.search(rf"^{selector}(.*?)^}}", style_sheet(), re.MULTILINE | re.DOTALL)
    assert block is not None
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", block[1]))


def luminance(colour: str) -> float:
    """Return the relative luminance as WCAG defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_wcag_does() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_stands_out_from_what_it_stands_on(scheme: str) -> None:
    named = colours(scheme)
    texts = ["ink", "quiet", "accent", "answered", "partial", "not-found", "stopped"]
    pairs = [(text, "paper") for text in texts]
    pairs += [("ink", "mark"), ("ink", "notice-paper"), ("accent", "notice-paper")]
    for text, paper in pairs:
        assert contrast(named[text], named[paper]) >= AA, (scheme, text, paper)
