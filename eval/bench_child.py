"""Run one step in a process of its own: how long it took, how much memory, what it told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

EVAL = Path(__file__).parent
CLI = Path(sys.executable).with_name("iscalimab-qa")

_RSS_BYTES = 1 if sys.platform == "darwin" else 1024
"""The unit in which the system gives a process's peak memory."""

_PREFIX, _KEPT = "ISCALIMAB_QA_", "ISCALIMAB_QA_CACHE"
"""Settings of whoever runs the benchmark would change what is measured; where the exported
encoder lies does not."""


class Spent(NamedTuple):
    """What a step took.

    `seconds` is the wall clock from before the process to its end. `peak_mb` is the resident
    memory of the largest of its processes, in millions of bytes. `told` is what it printed.
    """

    seconds: float
    peak_mb: float
    told: Any


@dataclass(frozen=True, slots=True)
class Child:
    """Starts processes that see none of the user's settings, documents or indexes.

    A process counts its starter's memory as its own peak until it has loaded its program, so
    whoever starts them must stay small: the benchmark itself imports nothing large.
    """

    workspace: Path

    def cli(self, *arguments: object) -> Spent:
        """Run `iscalimab-qa`."""
        return self._run([CLI, *arguments])

    def script(self, name: str, *arguments: object) -> Spent:
        """Run a script beside this one, which prints one JSON object."""
        return self._run([sys.executable, EVAL / name, *arguments])

    def _run(self, command: Sequence[object]) -> Spent:
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            started = time.perf_counter()
            process = subprocess.Popen(
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                cwd=self.workspace,
                env=self._environment(),
            )
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - started
            process.returncode = os.waitstatus_to_exitcode(status)
            out.seek(0)
            err.seek(0)
            if process.returncode:
                raise SystemExit(f"{command} ended with {process.returncode}:\n{err.read()}")
            return Spent(seconds, usage.ru_maxrss * _RSS_BYTES / 1e6, _last_object(out.read()))

    def _environment(self) -> Mapping[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if name == _KEPT or not name.startswith(_PREFIX)
        }
        return kept | {
            "XDG_DATA_HOME": str(self.workspace / "data"),
            "XDG_CONFIG_HOME": str(self.workspace / "config"),
            "HF_HUB_OFFLINE": "1",
            "ANONYMIZED_TELEMETRY": "False",
        }


def _last_object(printed: str) -> Any:
    """Return the JSON object on the last line, None where the output is for people."""
    last = printed.strip().rpartition("\n")[2]
    return json.loads(last) if last.startswith("{") else None
