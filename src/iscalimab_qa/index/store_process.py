"""A child process that runs Chroma for the writer."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from iscalimab_qa.library.reader import PassageChanges


class StoreProcess:
    """Takes one order at a time; it warms up while the caller still encodes."""

    def __init__(self) -> None:
        """Start the process."""
        # -P: a file in the working directory must not stand in for one of ours.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "iscalimab_qa.index.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )

    def order_write(self, folder: Path, base: Path | None, changes: PassageChanges) -> None:
        """Have the store of a draft written; `result` says how it went."""
        order = {"do": "write", "folder": str(folder), "base": str(base) if base else None}
        self._order(order | changes._asdict())

    def order_check(self, folder: Path) -> None:
        """Have a draft looked at; `result` says what is wrong with it."""
        self._order({"do": "check", "folder": str(folder)})

    def result(self, on_done: Callable[[int], None]) -> str | None:
        """Wait for the end of the order and return the problem there was, or None."""
        assert self._process.stdout is not None  # noqa: S101 (it is a pipe)
        for line in self._process.stdout:
            message: dict[str, Any] = json.loads(line)
            if "problem" in message:
                problem: str | None = message["problem"]
                return problem
            on_done(message["done"])
        return f"the process that runs Chroma ended with code {self._process.wait()}"

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.communicate()

    def __enter__(self) -> Self:
        """Close on leaving the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the process."""
        self.close()

    def _order(self, order: dict[str, Any]) -> None:
        assert self._process.stdin is not None  # noqa: S101 (it is a pipe)
        try:
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            # It died on its way up; `result` reads the end of its output and says so.
            return
