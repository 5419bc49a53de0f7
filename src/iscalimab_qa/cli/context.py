"""What all commands share: the global options, and the option for machines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from iscalimab_qa.settings import Settings

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


def settings_of(context: typer.Context) -> Settings:
    """Read the settings of this run, the global options above all others."""
    from iscalimab_qa.settings import load_settings  # noqa: PLC0415 (pydantic: 0.2 s)

    return load_settings(**context.obj)
