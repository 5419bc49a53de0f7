"""Parts of the page that are HTML of our own making."""

from __future__ import annotations

import gradio as gr


def html_part(value: str, elem_id: str, *, js_on_load: str | None = None) -> gr.HTML:
    """Return a part that shows HTML as it is; whoever makes the HTML escapes what it holds.

    Args:
        value: The HTML.
        elem_id: The part's id in the page.
        js_on_load: Script of ours that hands a click on to a listener.
    """
    return gr.HTML(value, elem_id=elem_id, apply_default_css=False, js_on_load=js_on_load)
