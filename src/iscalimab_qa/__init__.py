"""Ask the iscalimab literature: every sentence cited, every figure checked, offline."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from iscalimab_qa.answering.values import Answer
    from iscalimab_qa.assistant import Assistant
    from iscalimab_qa.errors import IscalimabQAError

__all__ = ["Answer", "Assistant", "IscalimabQAError"]

_HOMES = {
    "Answer": "iscalimab_qa.answering.values",
    "Assistant": "iscalimab_qa.assistant",
    "IscalimabQAError": "iscalimab_qa.errors",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for: `--help` needs none of them."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
