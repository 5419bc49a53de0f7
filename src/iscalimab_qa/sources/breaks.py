"""Lines of one paragraph that an author broke by hand: an address, a label a line, a poem."""

from __future__ import annotations

import re

_LABEL_OR_BULLET = re.compile(r"\s*(?:[^\W\d][\w ./-]{0,30}:\s|[•·▪◦‣]\s)")
_FINISHED = re.compile(r"[.!?:;][\"”')\]]?\s*$")


def split_at_breaks(text: str) -> list[str]:
    r"""Split a paragraph at the line breaks (`\n`) that part what it says.

    A break parts after the end of a sentence, before a label ("Phone: ...") or a bullet, and
    where it stands twice. Any other only bends the line, and becomes a space.
    """
    lines = [""]
    for line in text.split("\n"):
        if not line.strip():
            lines.append("")
        elif _FINISHED.search(lines[-1]) or _LABEL_OR_BULLET.match(line):
            lines.append(line)
        else:
            lines[-1] = f"{lines[-1]} {line}" if lines[-1] else line
    return [line for line in lines if line.strip()]
