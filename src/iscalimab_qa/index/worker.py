"""The process that Chroma runs in while a generation is made: one order in, one answer out.

    python -m iscalimab_qa.index.worker

It imports Chroma first and reads its order afterwards, so that it is ready by the time that
there is something to do. Order and answers are JSON, one a line.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import threading
from pathlib import Path
from typing import Any

from iscalimab_qa.index.store import check_generation, write_store
from iscalimab_qa.library.reader import PassageChanges


def main() -> None:
    """Read one order from stdin, carry it out, and answer on stdout."""
    importlib.import_module("chromadb")
    line = sys.stdin.readline()
    if not line:
        return
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        answer: dict[str, Any] = {"problem": _carry_out(json.loads(line))}
    except Exception as error:  # noqa: BLE001 (an answer too: the parent decides what it means)
        answer = {"problem": f"{type(error).__name__}: {error}"}
    _say(answer)


def _carry_out(order: dict[str, Any]) -> str | None:
    folder = Path(order["folder"])
    if order["do"] == "check":
        return check_generation(folder)
    base = Path(order["base"]) if order["base"] else None
    changes = PassageChanges(order["put"], order["gone"])
    write_store(folder, base, changes, on_done=lambda count: _say({"done": count}))
    return None


def _say(message: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def _end_with_parent() -> None:
    """Stop at once when the parent is gone: nobody waits for what is being written."""
    sys.stdin.read()
    os._exit(1)


if __name__ == "__main__":
    main()
