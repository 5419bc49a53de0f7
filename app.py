"""The chat, for hosts that start a Gradio app by running `app.py`. Elsewhere: `make chat`."""

from __future__ import annotations

import os
import sys

from iscalimab_qa.errors import IscalimabQAError
from iscalimab_qa.settings import load_settings
from iscalimab_qa.web.serve import DEFAULT_HOST, DEFAULT_PORT, serve

FRAMED_BY = {"SPACE_ID": "https://huggingface.co"}
"""Hosts that show the app inside a page of their own, by a variable that they set."""

if __name__ == "__main__":
    try:
        serve(
            load_settings(),
            host=os.environ.get("GRADIO_SERVER_NAME", DEFAULT_HOST),
            port=int(os.environ.get("GRADIO_SERVER_PORT", DEFAULT_PORT)),
            origins=frozenset(page for name, page in FRAMED_BY.items() if name in os.environ),
        )
    except IscalimabQAError as error:
        sys.exit(str(error))
