"""Let the global options stand before or after the command."""

from __future__ import annotations

from collections.abc import Sequence

WITH_VALUE = frozenset({"--corpus", "--index", "--config", "--model", "--model-url"})
FLAGS = frozenset({"--offline"})


def globals_first(arguments: Sequence[str]) -> list[str]:
    """Move global options, with their values, before the command.

    `ask "..." --index DIR` means the same as `--index DIR ask "..."`. Nothing after `--` is
    touched, so that a question may begin with a dash.
    """
    ours: list[str] = []
    theirs: list[str] = []
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        if word == "--":
            theirs += [word, *rest]
            break
        if word in WITH_VALUE:
            ours += [word, *rest[:1]]
            rest = rest[1:]
        elif word in FLAGS or word.partition("=")[0] in WITH_VALUE:
            ours.append(word)
        else:
            theirs.append(word)
    return [*ours, *theirs]
