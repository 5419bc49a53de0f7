"""Serve the chat: open the library, start the server, warm up behind it."""

from __future__ import annotations

import ipaddress
import logging
import os
import socket
import sys
import threading
from typing import TYPE_CHECKING

from iscalimab_qa.errors import CannotListenError

if TYPE_CHECKING:
    import gradio as gr

    from iscalimab_qa.assistant import Assistant
    from iscalimab_qa.settings import Settings

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 7860

_log = logging.getLogger(__name__)


def serve(settings: Settings, host: str = DEFAULT_HOST, port: int = DEFAULT_PORT) -> None:
    """Open the library that the settings name, building a missing index, and serve it.

    Raises:
        CannotListenError: Nothing can listen at that address.
        IscalimabQAError: The library cannot be opened.
    """
    from iscalimab_qa.assistant import Assistant  # noqa: PLC0415

    with Assistant.open(settings) as assistant:
        serve_assistant(assistant, host, port)


def serve_assistant(
    assistant: Assistant, host: str = DEFAULT_HOST, port: int = DEFAULT_PORT
) -> None:
    """Serve the chat on an open library until it is interrupted.

    Args:
        assistant: Whom every visitor asks; it is warmed up in the background.
        host: Address to serve on. Anything but loopback brings a warning on stderr, because
            the server does not know its users.
        port: Port, 1 to 65535.

    Raises:
        CannotListenError: Nothing can listen at that address.
    """
    _refuse_taken(host, port)
    threading.Thread(target=_warm_up, args=(assistant,), daemon=True).start()
    # Gradio reads this when it is imported: nothing about this chat's use leaves the machine.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    from iscalimab_qa.web.page import build_page  # noqa: PLC0415 (Gradio takes 3 s)

    page = build_page(assistant)
    _launch(page, host, port)
    sys.stderr.write("".join(f"{line}\n" for line in address_lines(host, port)))
    page.block_thread()


def address_lines(host: str, port: int) -> list[str]:
    """Return what is said when the server is up: its address, and a warning off loopback."""
    lines = [f"The chat is at http://{_in_address(host)}:{port} (Ctrl+C stops it)"]
    if not _is_loopback(host):
        lines.append(
            f"Warning: {host} can be reached from other machines, and the chat has no "
            "authentication yet: whoever reaches it can ask"
        )
    return lines


def _launch(page: gr.Blocks, host: str, port: int) -> None:
    from iscalimab_qa.web.page import appearance  # noqa: PLC0415

    _reach_directly(host)
    try:
        page.launch(
            server_name=_in_address(host),
            server_port=port,
            quiet=True,
            prevent_thread_lock=True,
            share=False,
            footer_links=[],
            run_history=False,
            ssr_mode=False,
            enable_monitoring=False,
            max_file_size=1,  # byte: this page takes no upload
            **appearance(),
        )
    except OSError as error:  # taken since we looked
        raise CannotListenError(host, port, str(error)) from error


def _reach_directly(host: str) -> None:
    """Keep a proxy out of Gradio's question to its own server whether it is up."""
    for name in ("NO_PROXY", "no_proxy"):
        named = [os.environ.get(name, ""), "localhost", "127.0.0.1", "::1", host]
        os.environ[name] = ",".join(filter(None, named))


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _refuse_taken(host: str, port: int) -> None:
    """Look whether the address is free, before seconds go into loading Gradio."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        family, kind, protocol, _, address = found[0]
        with socket.socket(family, kind, protocol) as probe:
            # As the server does it: a port that was closed a moment ago is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise CannotListenError(host, port, error.strerror or str(error)) from error


def _warm_up(assistant: Assistant) -> None:
    """Load encoder and index behind the server's back, so that the first question is quick."""
    try:
        assistant.warm()
    except Exception:  # noqa: BLE001 (the first question meets the same and says so)
        _log.exception("The library could not be warmed up")
