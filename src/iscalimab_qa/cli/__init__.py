"""The command line: parse, call, print."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TextIO


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code.

    0 done; 1 an expected failure, told in one line on stderr; 2 usage; 3 `index` and `add`
    done, but some files were skipped and are named.
    """
    # Tracing would send questions to a service; nothing leaves the machine unasked.
    os.environ["LANGSMITH_TRACING"] = os.environ["LANGCHAIN_TRACING_V2"] = "false"
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    for stream in (sys.stdout, sys.stderr):
        _speak_utf8(stream)

    from iscalimab_qa.cli.arguments import globals_first  # noqa: PLC0415
    from iscalimab_qa.cli.commands import app  # noqa: PLC0415
    from iscalimab_qa.errors import IscalimabQAError, printable  # noqa: PLC0415

    try:
        app(globals_first(sys.argv[1:] if arguments is None else arguments))
    except IscalimabQAError as error:
        sys.exit(f"iscalimab-qa: {printable(' '.join(str(error).split()))}")
    except BrokenPipeError:
        # The reader of our output went away (`| head`); Python would complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def _speak_utf8(stream: TextIO) -> None:
    """Print any character anywhere: titles are not ASCII, file names may not even be text."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure:
        reconfigure(encoding="utf-8", errors="backslashreplace")
