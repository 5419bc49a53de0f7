"""Serve the chat: open the library, start the server, warm up behind it."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
import tempfile
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from iscalimab_qa.errors import CannotListenError
from iscalimab_qa.hosts import is_loopback, reach_directly
from iscalimab_qa.web.access import Access, access_for
from iscalimab_qa.web.background import Background

if TYPE_CHECKING:
    import gradio as gr

    from iscalimab_qa.assistant import Assistant
    from iscalimab_qa.settings import Settings

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 7860


def serve(
    settings: Settings,
    host: str = DEFAULT_HOST,
    port: int = DEFAULT_PORT,
    *,
    origins: frozenset[str] = frozenset(),
) -> None:
    """Open the library that the settings name, building a missing index, and serve it.

    The arguments are those of `serve_assistant`.

    Raises:
        CannotListenError: Nothing can listen at that address.
        IscalimabQAError: The library cannot be opened.
    """
    from iscalimab_qa.assistant import Assistant  # noqa: PLC0415

    with Assistant.open(settings) as assistant:
        serve_assistant(assistant, host, port, origins=origins)


def serve_assistant(
    assistant: Assistant,
    host: str = DEFAULT_HOST,
    port: int = DEFAULT_PORT,
    *,
    access: Access | None = None,
    origins: frozenset[str] = frozenset(),
) -> None:
    """Serve the chat on an open library until it is interrupted.

    Args:
        assistant: Whom every visitor asks; it is warmed up in the background.
        host: Address to serve on.
        port: Port, 1 to 65535.
        access: Who may do what; by default whoever asks may change the library on loopback,
            and nobody elsewhere.
        origins: Addresses besides its own that lead to this server, or frame its page.

    Raises:
        CannotListenError: Nothing can listen at that address.
    """
    _refuse_taken(host, port)
    access = access or access_for(host)
    background = Background(assistant)
    background.start()
    # Gradio reads this when it is imported: nothing about this chat's use leaves the machine.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    # A folder for uploads that other users of the machine cannot look into.
    with tempfile.TemporaryDirectory(prefix="iscalimab-qa-") as folder:
        os.environ["GRADIO_TEMP_DIR"] = folder
        from iscalimab_qa.web.page import build_page  # noqa: PLC0415 (Gradio takes 3 s)

        page = build_page(assistant, access, background)
        _launch(page, host, port, _options(assistant.settings, access, origins))
        sys.stderr.write("".join(f"{line}\n" for line in address_lines(host, port, access)))
        page.block_thread()


def address_lines(host: str, port: int, access: Access) -> list[str]:
    """Return what is said when the server is up: its address, and what should give pause."""
    lines = [f"The chat is at http://{_in_address(host)}:{port} (Ctrl+C stops it)"]
    if access.served == "to anyone":
        lines.append(
            f"Warning: {host} can be reached from other machines, and without authentication "
            "whoever reaches it can ask. The library is read-only; to let librarians in, serve "
            "it with: iscalimab-qa chat --auth-file FILE"
        )
    if access.users and not access.users.is_private():
        lines.append(f"Warning: others on this machine can read {access.users.path}: chmod 600")
    if access.users and not is_loopback(host):
        lines.append(
            "Warning: passwords travel as they are unless a proxy that speaks TLS stands before "
            "this server"
        )
    return lines


def _options(settings: Settings, access: Access, origins: frozenset[str]) -> dict[str, Any]:
    """Return what launching depends on who may come and what they may bring."""
    from starlette.middleware import Middleware  # noqa: PLC0415

    from iscalimab_qa.web.gate import Gate, House  # noqa: PLC0415
    from iscalimab_qa.web.limits import Rate  # noqa: PLC0415

    serving = settings.serving
    rate = Rate(serving.questions_per_minute)
    house = House(access, int(serving.upload_mb * 1e6), rate, origins)
    largest = int(settings.reading.max_file_mb * 1e6) if access.anyone_may_change else 1
    return {
        "app_kwargs": {"middleware": [Middleware(Gate, house=house)]},
        "max_file_size": largest,
        "auth": _login(access) if access.users else None,
    }


def _login(access: Access) -> Callable[[str, str], Awaitable[bool]]:
    """Return what Gradio calls to check a login, beside the loop that serves everybody else."""

    async def may_enter(name: str, password: str) -> bool:
        assert access.users is not None  # noqa: S101
        return await asyncio.to_thread(access.users.may_enter, name, password)

    return may_enter


def _launch(page: gr.Blocks, host: str, port: int, options: dict[str, Any]) -> None:
    from iscalimab_qa.web.looks import appearance  # noqa: PLC0415

    reach_directly("localhost", "127.0.0.1", "::1", host)
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
            **options,
            **appearance(),
        )
    except OSError as error:  # taken since we looked
        raise CannotListenError(host, port, str(error)) from error


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host


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
