"""The process that Chroma runs in while a generation is made: orders in, answers out.

    python -m iscalimab_qa.index.worker

It imports Chroma first and reads its first order afterwards, so that it is ready by the time
that there is something to do. Orders and answers are JSON, one a line.
"""

from __future__ import annotations

import importlib
import json
import os
import queue
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from iscalimab_qa.index.store import check_generation, write_store
from iscalimab_qa.library.reader import PassageChanges


def main() -> None:
    """Carry out the orders on stdin, one after the other, and answer on stdout."""
    # What a library might print must not be taken for an answer.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def say(message: dict[str, Any]) -> None:
        answers.write(json.dumps(message) + "\n")
        answers.flush()

    orders: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=[orders], daemon=True).start()
    importlib.import_module("chromadb")
    while True:
        say({"problem": _problem(orders.get(), say)})


def _listen(orders: queue.SimpleQueue[dict[str, Any]]) -> None:
    """Take in orders, and stop at once when the parent is gone: nobody waits for the work."""
    for line in sys.stdin:
        orders.put(json.loads(line))
    os._exit(0)


def _problem(order: dict[str, Any], say: Callable[[dict[str, Any]], None]) -> str | None:
    """Carry out an order and return what went wrong, if anything did."""
    folder = Path(order["folder"])
    try:
        if order["do"] == "check":
            return check_generation(folder)
        base = Path(order["base"]) if order["base"] else None
        changes = PassageChanges(order["put"], order["gone"])
        write_store(folder, base, changes, on_done=lambda count: say({"done": count}))
    except Exception as error:  # noqa: BLE001 (the parent decides what becomes of it)
        return f"{type(error).__name__}: {error}"
    return None


if __name__ == "__main__":
    main()
