"""How the page looks: theme, style sheets and script, all from this package."""

from __future__ import annotations

from importlib import resources
from typing import Any

import gradio as gr


def appearance() -> dict[str, Any]:
    """Return theme, style sheet and script, which Gradio takes when the page is launched."""
    # Fonts of the reader's own system: no file to fetch, and text is there at first paint.
    theme = gr.themes.Base(
        primary_hue="teal",
        neutral_hue="slate",
        font=["system-ui", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif"],
        font_mono=["ui-monospace", "Consolas", "monospace"],
    )
    return {"theme": theme, "css": style_sheet(), "js": _asset("page.js")}


def style_sheet() -> str:
    """Return `page.css`, then what each view adds in a `*_view.css`, by name."""
    views = (entry.name for entry in resources.files(__package__).iterdir())
    names = ["page.css", *sorted(name for name in views if name.endswith("_view.css"))]
    return "\n".join(map(_asset, names))


def _asset(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
