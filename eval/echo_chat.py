"""Gradio's hello-world chat, which says what it is told: `python echo_chat.py PORT`."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Serve it until it is stopped."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import gradio as gr

    echo = gr.ChatInterface(lambda message, _: message)
    echo.launch(server_name="127.0.0.1", server_port=int(sys.argv[1]), quiet=True)


if __name__ == "__main__":
    main()
