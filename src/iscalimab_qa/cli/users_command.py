"""Keep the users of a chat that is served to others."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from iscalimab_qa.cli.printing import say

users = typer.Typer(
    help="Keep the users of a chat that is served to others.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@users.callback()
def keep_users() -> None:
    """Keep the users of a chat that is served to others."""


@users.command()
def add(
    name: Annotated[str, typer.Argument(help="The name to log in with.")],
    auth_file: Annotated[Path, typer.Option("--auth-file", help="The file of users.")],
    role: Annotated[
        Literal["reader", "librarian"],
        typer.Option("--role", help="Only a librarian changes the library."),
    ] = "reader",
    replace: Annotated[
        bool, typer.Option("--replace", help="Give a known user a new password and role.")
    ] = False,
) -> None:
    """Add a user; the password is asked for, or read from standard input."""
    from iscalimab_qa.users import UserFile  # noqa: PLC0415

    UserFile(auth_file).add(name, role, _password(), replacing=replace)
    say(f"{name} may log in as {role}: iscalimab-qa chat --auth-file {auth_file}")


def _password() -> str:
    """Ask twice without showing it; where nobody sits at a terminal, read one line."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass("Password: ")
    if getpass.getpass("The same again: ") != password:
        raise typer.BadParameter("the two passwords differ")
    return password
