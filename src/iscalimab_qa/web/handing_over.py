"""Hand a file that was made for a visitor over to their browser, without a copy on disk.

The bytes travel in the reply to the visitor's own click. No address of the server leads to
them, so nobody else can fetch them, and there is nothing to clear away.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any, NamedTuple

import gradio as gr

from iscalimab_qa.web.listeners import PRIVATE

MOST_BYTES = 20_000_000
"""A conversation of a hundred answers has some hundred kilobytes."""

_SAVES = """(file) => {
  if (!file) return;
  const bytes = Uint8Array.from(atob(file.data), (c) => c.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type: file.type }));
  link.download = file.name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}"""


class MadeFile(NamedTuple):
    """A file's name, its media type, and what it holds."""

    name: str
    media_type: str
    content: bytes


def download_on(
    button: gr.Button, make: Callable[..., MadeFile | None], inputs: list[gr.State] | None = None
) -> None:
    """Save what `make` returns in the visitor's browser when the button is clicked.

    Args:
        button: What is clicked.
        make: Makes the file from the values of `inputs`; None where there is nothing to save.
        inputs: What it is made from.
    """
    handed = gr.JSON(visible="hidden")

    def made(*values: Any) -> dict[str, str] | None:
        file = make(*values)
        if file is None:
            gr.Info("There is nothing to save yet.")
            return None
        if len(file.content) > MOST_BYTES:
            raise gr.Error("This is too much for one file.", print_exception=False)
        data = base64.b64encode(file.content).decode("ascii")
        return {"name": file.name, "type": file.media_type, "data": data}

    made_it = button.click(made, inputs, handed, **PRIVATE)
    made_it.success(None, handed, None, js=_SAVES, api_visibility="private")
