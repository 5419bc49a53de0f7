"""Bring an index up to date and, where told, kill this process at a named step.

    python kill_child.py INDEX CORPUS fake|real STEP|-

Prints `go` when all is imported and the work begins.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from index_support import FakeEncoder, corpus_at, make_recipe

from iscalimab_qa.index import publish
from iscalimab_qa.index.update import update_index

# Patch small stores too: the way that has more steps to be interrupted in.
publish._PATCH_FROM = 0


def main(index: str, corpus: str, encoder: str, step: str) -> None:
    recipe = make_recipe(FakeEncoder() if encoder == "fake" else _real_encoder())

    def kill_at(done: str) -> None:
        if done == step:
            os.kill(os.getpid(), signal.SIGKILL)

    print("go", flush=True)  # noqa: T201
    update_index(Path(index), [corpus_at(Path(corpus))], recipe, on_step=kill_at)


def _real_encoder():
    from iscalimab_qa.encoder import open_encoder
    from iscalimab_qa.settings import load_settings

    return open_encoder(load_settings())


if __name__ == "__main__":
    main(*sys.argv[1:])
