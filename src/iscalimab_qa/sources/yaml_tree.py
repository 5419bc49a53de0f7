"""YAML text -> its syntax tree, with everything refused that could surprise or exhaust.

Anchors, aliases and foreign tags are refused, size and depth are bounded, and a key may
stand once. Each complaint knows its line.
"""

from __future__ import annotations

from typing import NoReturn

import yaml

MAX_CHARS = 65_536
"""Twenty times the longest front matter of a systematic review with its trials."""
_MAX_DEPTH = 8
"""The schema needs four: fields, trials, one trial, its aliases."""

_CORE = "tag:yaml.org,2002:"
_CORE_TAGS = {_CORE + name for name in ("str", "int", "float", "bool", "null", "seq", "map")}


class TreeError(ValueError):
    """The text is not YAML of the kind that is read. `line` is 1-based within the text."""

    def __init__(self, reason: str, line: int) -> None:
        """Keep what is wrong, and where."""
        super().__init__(f"line {line}: {reason}")
        self.reason = reason
        self.line = line


def line_of(node: yaml.Node) -> int:
    """Return the 1-based line on which a node begins."""
    return int(node.start_mark.line) + 1


def compose(text: str) -> yaml.Node | None:
    """Return the root of the syntax tree, None for a text without content.

    Raises:
        TreeError: If the text is no YAML, holds several documents, is larger or deeper than
            the bounds, or has an anchor, an alias or a tag of its own.
    """
    if len(text) > MAX_CHARS:
        raise TreeError(f"is longer than {MAX_CHARS:,} characters", 1)
    try:
        _check_events(text)
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, int(error.position)) + 1
        raise TreeError(f"holds the character U+{ord(text[error.position]):04X}", line) from error
    except yaml.MarkedYAMLError as error:
        raise _explained(error) from error


def _check_events(text: str) -> None:
    """Look at the parser's events first: unlike the tree, they are read without recursion."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _MAX_DEPTH:
            _refuse(event, f"is nested more than {_MAX_DEPTH} deep")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            _refuse(event, "uses an anchor or alias (& or *); put the value in quotes")
        tag = getattr(event, "tag", None)
        if tag is not None and tag not in _CORE_TAGS:
            _refuse(event, f"uses the tag {tag!r}; only plain values are read")


def _refuse(event: yaml.Event, reason: str) -> NoReturn:
    raise TreeError(reason, int(event.start_mark.line) + 1 if event.start_mark else 1)


def _explained(error: yaml.MarkedYAMLError) -> TreeError:
    mark = error.problem_mark or error.context_mark
    problem = error.problem or "is not valid YAML"
    hint = "; put a value that holds ': ' in quotes" if "mapping values" in problem else ""
    return TreeError(f"is not valid YAML ({problem}){hint}", int(mark.line) + 1 if mark else 1)
