"""Who may do what in a chat that is being served.

Three ways to serve: to oneself on loopback, where whoever asks may change the library; to
users who log in, where their role decides; and to anyone, where nobody may.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from iscalimab_qa.hosts import is_loopback
from iscalimab_qa.users import Role, UserFile

Served = Literal["to oneself", "to users", "to anyone"]

READ_ONLY_FOR_READERS = "Only a librarian can add and remove documents."
READ_ONLY_FOR_ANYONE = (
    "This server does not know its users, so nobody can change its library here. To let "
    "librarians in, serve it with: iscalimab-qa chat --auth-file FILE"
)


@dataclass(frozen=True, slots=True)
class Access:
    """How the chat is served, and to whom. `users` is there where they log in."""

    served: Served
    users: UserFile | None = None

    def role_of(self, username: str | None) -> Role:
        """Return what a visitor may do; `username` is the one that the server verified.

        Raises:
            AuthFileError: The file of users cannot be read any more.
        """
        if self.users:
            return self.users.role_of(username) or "reader"
        return "librarian" if self.served == "to oneself" else "reader"

    def may_change(self, username: str | None) -> bool:
        """Tell whether a visitor may change the library."""
        return self.role_of(username) == "librarian"

    def why_not(self, username: str | None) -> str:
        """Return why a visitor may not change the library; empty if they may."""
        if self.may_change(username):
            return ""
        return READ_ONLY_FOR_READERS if self.users else READ_ONLY_FOR_ANYONE

    @property
    def anyone_may_change(self) -> bool:
        """Whether there can be a visitor who may change the library."""
        return self.served != "to anyone"


def access_for(host: str, auth_file: Path | None = None) -> Access:
    """Decide how a chat on an address is served.

    Args:
        host: Address that it listens on.
        auth_file: The file of users, if they have to log in.

    Raises:
        AuthFileError: The file cannot be read.
    """
    if auth_file is not None:
        users = UserFile(auth_file)
        users.users()  # a file that cannot be used is told now, not at the first login
        return Access("to users", users)
    return Access("to oneself" if is_loopback(host) else "to anyone")
