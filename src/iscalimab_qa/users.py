"""Who may use a chat that is served to others: names, roles, and salted hashes of passwords.

A password is kept as its scrypt hash (RFC 7914) with a salt of its own, so that a stolen
file gives nobody's password away and two equal passwords do not look alike.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import re
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args

from iscalimab_qa.errors import (
    AuthFileError,
    UserExistsError,
    UserNameError,
    WeakPasswordError,
)

Role = Literal["reader", "librarian"]
"""A reader asks; a librarian changes the library as well."""

ROLES: tuple[Role, ...] = get_args(Role)

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")

MIN_PASSWORD_CHARS = 8
_MAX_PASSWORD_CHARS = 1_000
"""Hashing takes time in proportion: a login must not be a way to keep the server busy."""
_MIN_DIFFERENT_CHARS = 4
_TRIED_FIRST = frozenset(
    "password passwort password1 12345678 123456789 1234567890 qwertyui qwerty123 letmein1 "
    "iscalimab librarian changeme".split()
)

_COST, _BLOCK, _PARALLEL = 2**15, 8, 1
"""32 MiB and about 0.1 s a login: what OWASP recommends at this memory (2024)."""
_SALT_BYTES, _HASH_BYTES = 16, 32
_MAX_MEMORY = 128 * 1024 * 1024
_MOST_PARALLEL = 4
_OWNER_ONLY = 0o600


@dataclass(frozen=True, slots=True)
class Scrypt:
    """A hashed password with what is needed to hash another one alike; bytes as Base64."""

    salt: str
    hash: str
    n: int = _COST
    r: int = _BLOCK
    p: int = _PARALLEL


@dataclass(frozen=True, slots=True)
class User:
    """A user's role, and the hash of the password."""

    role: Role
    scrypt: Scrypt


def require_strong(password: str, name: str) -> None:
    """Refuse a password that a guesser would try early.

    Raises:
        WeakPasswordError: It is empty, short, monotonous, the user's name, or very common.
    """
    if not password:
        raise WeakPasswordError("The password is empty")
    if not MIN_PASSWORD_CHARS <= len(password) <= _MAX_PASSWORD_CHARS:
        raise WeakPasswordError(
            f"The password has {len(password)} characters; "
            f"expected {MIN_PASSWORD_CHARS} to {_MAX_PASSWORD_CHARS:,}"
        )
    if len(set(password)) < _MIN_DIFFERENT_CHARS:
        raise WeakPasswordError(
            f"The password repeats itself; expected {_MIN_DIFFERENT_CHARS} different characters"
        )
    if password.casefold() in _TRIED_FIRST | {name.casefold()}:
        raise WeakPasswordError("This password is among the first that anyone would try")


def hash_password(password: str) -> Scrypt:
    """Hash a password with a fresh salt."""
    blank = Scrypt(_text(secrets.token_bytes(_SALT_BYTES)), "")
    return replace(blank, hash=_text(_hashed(password, blank)))


def is_password(password: str, kept: Scrypt) -> bool:
    """Tell whether a password is the one that was hashed, in time that tells nothing of it."""
    return hmac.compare_digest(_hashed(password, kept), _bytes(kept.hash))


class UserFile:
    """The file of users; read anew for each question, so that a change holds at once."""

    def __init__(self, path: Path) -> None:
        """Name the file; nothing is read yet."""
        self.path = path
        self._nobody = hash_password(secrets.token_urlsafe())

    def users(self) -> Mapping[str, User]:
        """Read all users by name.

        Raises:
            AuthFileError: The file cannot be read or is not of the documented form.
        """
        try:
            kept = json.loads(self.path.read_text(encoding="utf-8"))
            return {name: _user(fields) for name, fields in kept["users"].items()}
        except OSError as error:
            raise AuthFileError(self.path, error.strerror or str(error)) from error
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise AuthFileError(self.path, "it is no file of users, or damaged") from error

    def role_of(self, name: str | None) -> Role | None:
        """Return a user's role; None for a stranger, or one who was taken out meanwhile."""
        user = self.users().get(name) if name else None
        return user.role if user else None

    def may_enter(self, name: str, password: str) -> bool:
        """Check a login. An unknown name takes as long as a wrong password."""
        user = self.users().get(name)
        kept = user.scrypt if user else self._nobody
        right = is_password(password[:_MAX_PASSWORD_CHARS], kept)
        return right and user is not None

    def is_private(self) -> bool:
        """Tell whether only its owner can read the file, where the system knows owners."""
        return os.name == "nt" or not self.path.stat().st_mode & 0o077

    def add(self, name: str, role: Role, password: str, *, replacing: bool = False) -> None:
        """Write a user into the file, which is made if it is missing, for its owner alone.

        Raises:
            UserNameError: The name is empty or holds more than letters, figures and `._@-`.
            WeakPasswordError: The password would be guessed.
            UserExistsError: The name is taken, and `replacing` is not asked for.
            AuthFileError: The file cannot be read or written.
        """
        if not _NAME.fullmatch(name):
            raise UserNameError(
                f"{name!r} cannot be a user's name; expected a letter or figure, then at most 63 "
                "letters, figures, '.', '_', '@' or '-'"
            )
        require_strong(password, name)
        users = dict(self.users()) if self.path.exists() else {}
        if name in users and not replacing:
            raise UserExistsError(self.path, name)
        users[name] = User(role, hash_password(password))
        self._write(users)

    def _write(self, users: Mapping[str, User]) -> None:
        kept = {"users": {name: asdict(user) for name, user in sorted(users.items())}}
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # Made for the owner alone from its first byte, and swapped in whole.
            descriptor, draft = tempfile.mkstemp(dir=self.path.parent, prefix=".users-")
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(kept, file, indent=1)
            Path(draft).chmod(_OWNER_ONLY)
            Path(draft).replace(self.path)
        except OSError as error:
            raise AuthFileError(self.path, error.strerror or str(error)) from error


def _hashed(password: str, kept: Scrypt) -> bytes:
    return hashlib.scrypt(
        password.encode("utf-8", "surrogatepass"),
        salt=_bytes(kept.salt),
        n=kept.n,
        r=kept.r,
        p=kept.p,
        maxmem=_MAX_MEMORY,
        dklen=_HASH_BYTES,
    )


def _user(fields: Any) -> User:
    role, kept = fields["role"], Scrypt(**fields["scrypt"])
    is_whole = len(_bytes(kept.hash)) == _HASH_BYTES and bool(_bytes(kept.salt))
    if role not in ROLES or not is_whole or not _is_affordable(kept):
        raise ValueError(role)
    return User(role, kept)


def _is_affordable(kept: Scrypt) -> bool:
    """Tell whether a login costs a second or two at most, and can be reckoned at all."""
    n, r, p = kept.n, kept.r, kept.p
    if not all(type(each) is int and each > 0 for each in (n, r, p)):
        return False
    is_power = n > 1 and n & (n - 1) == 0
    # 128 bytes times each is what OpenSSL asks for; time goes with memory and p.
    return is_power and p <= _MOST_PARALLEL and 128 * r * (n + p + 2) <= _MAX_MEMORY


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
