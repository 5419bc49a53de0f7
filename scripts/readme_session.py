"""Write the README's session anew, from what the program prints: make readme."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"
QUESTION = "How much did proteinuria improve in the lupus nephritis trial?"
WIDTH = 100


def main() -> None:
    """Index the starting corpus afresh, ask, fold the output, and put it into its block."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(  # noqa: S603 (our own program)
            [sys.executable, "-m", "iscalimab_qa", "ask", QUESTION, "--index", f"{folder}/index"],
            capture_output=True,
            text=True,
            check=True,
        )
    shown = "\n".join(folded for line in done.stdout.splitlines() for folded in _folded(line))
    block = f'```console\n$ iscalimab-qa ask "{QUESTION}"\n{shown}\n```'
    text = README.read_text(encoding="utf-8")
    pattern = re.compile(r"```console\n\$ iscalimab-qa ask \"How much.*?```", re.DOTALL)
    README.write_text(pattern.sub(lambda _: block, text, count=1), encoding="utf-8")


def _folded(line: str) -> list[str]:
    indent = line[: len(line) - len(line.lstrip())]
    return textwrap.wrap(line, WIDTH, subsequent_indent=indent) or [""]


if __name__ == "__main__":
    main()
