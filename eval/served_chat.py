"""The chat as a user meets it: a server process of its own, and a real browser."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

START_S = 240
"""Building a small index and importing Gradio take about 8 s; a busy machine many times that."""

SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
"""For a browser without a display that asks nothing of its maker."""


def chromium() -> str | None:
    """Return a Chromium of this machine, if there is one; `CHROMIUM` names another."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


@contextmanager
def serving(
    arguments: Sequence[str], folder: Path, settings: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Run a Python program that serves on a port, and yield its address once it answers.

    Args:
        arguments: What follows `python`; `{port}` in it stands for a port that is free.
        folder: Where its log and its user folders lie, in place of the caller's.
        settings: Further environment; none of the caller's `ISCALIMAB_QA_*` is passed on.
    """
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, *(part.replace("{port}", str(port)) for part in arguments)]
    log = folder / f"server-{port}.log"
    with log.open("ab") as said:
        environment = _environment(folder) | (settings or {})
        server = subprocess.Popen(command, stdout=said, stderr=said, env=environment)
        try:
            _wait_until_up(server, address, log)
            yield address
        finally:
            server.kill()  # a library survives it, and a long queue is not waited for
            server.wait()


def chat_over(corpus: Path, index: Path, *options: str) -> list[str]:
    """Return the arguments that serve the chat over a corpus."""
    where = ["--corpus", str(corpus), "--index", str(index)]
    return ["-m", "iscalimab_qa", *where, "chat", "--port", "{port}", *options]


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if "ISCALIMAB_QA_" not in name}
    homes = {f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("DATA", "CONFIG")}
    return {**kept, **homes}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_up(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    deadline = time.monotonic() + START_S
    while server.poll() is None and time.monotonic() < deadline:
        try:
            httpx.get(address, timeout=5, trust_env=False)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"the server is not up: {log.read_text(errors='replace')[-2000:]}")
