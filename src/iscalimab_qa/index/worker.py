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
from pathlib import Path
from typing import Any

from iscalimab_qa.index.store import check_generation, write_store
from iscalimab_qa.library.reader import PassageChanges


def main() -> None:
    """Carry out the orders on stdin, one after the other, and answer on stdout."""
    orders: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=[orders], daemon=True).start()
    importlib.import_module("chromadb")
    while True:
        order = orders.get()
        try:
            problem = _carry_out(order)
        except Exception as error:  # noqa: BLE001 (an answer too: the parent decides what it means)
            problem = f"{type(error).__name__}: {error}"
        _say({"problem": problem})


def _listen(orders: queue.SimpleQueue[dict[str, Any]]) -> None:
    """Take in orders, and stop at once when the parent is gone: nobody waits for the work."""
    for line in sys.stdin:
        orders.put(json.loads(line))
    os._exit(0)


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


if __name__ == "__main__":
    main()
