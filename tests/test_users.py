"""Users are kept with salted hashes, and let in with the right password only."""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path

import pytest

from iscalimab_qa.errors import (
    AuthFileError,
    UserExistsError,
    UserNameError,
    WeakPasswordError,
)
from iscalimab_qa.users import Scrypt, UserFile, hash_password, is_password

PASSWORD = "an owl in the attic"


@pytest.fixture
def users(tmp_path: Path) -> UserFile:
    users = UserFile(tmp_path / "folder" / "users.json")
    users.add("ann", "librarian", PASSWORD)
    return users


def test_a_user_enters_with_the_right_password_only(users: UserFile) -> None:
    assert users.may_enter("ann", PASSWORD)
    assert not users.may_enter("ann", PASSWORD + " ")
    assert not users.may_enter("ben", PASSWORD)
    assert not users.may_enter("ann", "")


def test_the_file_holds_no_password_and_is_for_its_owner_alone(users: UserFile) -> None:
    kept = users.path.read_text(encoding="utf-8")
    assert PASSWORD not in kept
    assert json.loads(kept)["users"]["ann"]["role"] == "librarian"
    if os.name != "nt":
        assert users.path.stat().st_mode & 0o777 == 0o600
    assert users.is_private()
    assert [path.name for path in users.path.parent.iterdir()] == ["users.json"]


def test_a_file_that_others_can_read_is_told_apart(users: UserFile) -> None:
    users.path.chmod(0o644)
    assert not users.is_private()


def test_equal_passwords_do_not_look_alike() -> None:
    one, other = hash_password(PASSWORD), hash_password(PASSWORD)
    assert one.salt != other.salt
    assert one.hash != other.hash
    assert is_password(PASSWORD, one)
    assert is_password(PASSWORD, other)


def test_a_hash_is_scrypts_own() -> None:
    # RFC 7914, section 12: scrypt("pleaseletmein", "SodiumChloride", N=16384, r=8, p=1); its
    # last step, PBKDF2-HMAC-SHA256, makes a key of 32 bytes the first half of one of 64.
    expected = "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
    known = Scrypt(
        salt=base64.b64encode(b"SodiumChloride").decode(),
        hash=base64.b64encode(bytes.fromhex(expected)).decode(),
        n=16384,
    )
    assert is_password("pleaseletmein", known)
    assert not is_password("pleaseletmeout", known)


def test_a_role_follows_the_file_as_it_is_now(users: UserFile) -> None:
    assert users.role_of("ann") == "librarian"
    users.add("ann", "reader", PASSWORD, replacing=True)
    assert users.role_of("ann") == "reader"
    assert users.role_of("ben") is None
    assert users.role_of(None) is None


def test_a_known_name_is_not_replaced_unasked(users: UserFile) -> None:
    with pytest.raises(UserExistsError, match="--replace"):
        users.add("ann", "reader", "another owl, larger")
    assert users.may_enter("ann", PASSWORD)


@pytest.mark.parametrize(
    "password", ["", "short", "aaaaaaaaaaaa", "abababababab", "password", "PassWord", "annabella"]
)
def test_a_password_that_would_be_guessed_is_refused(tmp_path: Path, password: str) -> None:
    users = UserFile(tmp_path / "users.json")
    with pytest.raises(WeakPasswordError):
        users.add("Annabella", "reader", password)
    assert not users.path.exists()


@pytest.mark.parametrize("name", ["", "a b", "../x", "<img src=x>", "-rf", "x" * 65, "a\nb"])
def test_a_name_that_would_garble_a_log_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserNameError):
        UserFile(tmp_path / "users.json").add(name, "reader", PASSWORD)


@pytest.mark.parametrize(
    "kept",
    ["", "[]", '{"users": {"ann": {"role": "king"}}}', '{"users": {"ann": 3}}', "\x00"],
)
def test_a_file_that_is_none_is_refused_in_one_line(tmp_path: Path, kept: str) -> None:
    path = tmp_path / "users.json"
    path.write_text(kept, encoding="utf-8")
    with pytest.raises(AuthFileError, match="user add") as refused:
        UserFile(path).users()
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "strange",
    [{"p": 10**6}, {"n": 2**30}, {"n": 3}, {"n": "32768"}, {"r": 0}, {"p": True}, {"salt": ""}],
)
def test_a_hash_that_would_keep_the_server_busy_is_refused_before_a_login(
    users: UserFile, strange: dict[str, object]
) -> None:
    kept = json.loads(users.path.read_text(encoding="utf-8"))
    kept["users"]["ann"]["scrypt"] |= strange
    users.path.write_text(json.dumps(kept), encoding="utf-8")
    with pytest.raises(AuthFileError, match="damaged"):
        users.users()


def test_a_missing_file_is_an_error_and_lets_nobody_in(tmp_path: Path) -> None:
    with pytest.raises(AuthFileError):
        UserFile(tmp_path / "users.json").may_enter("ann", PASSWORD)
