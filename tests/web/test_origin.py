"""A request counts as our own page's where its `Origin` names the host that was asked."""

from __future__ import annotations

import pytest

from iscalimab_qa.errors import OriginError
from iscalimab_qa.web.origin import is_ours, is_sane_host, leads_here, read_origins


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("http://127.0.0.1:7860", "127.0.0.1:7860"),
        ("http://[::1]:7860", "[::1]:7860"),
        ("https://chat.example.org", "chat.example.org"),
        ("https://chat.example.org", "chat.example.org:443"),
        ("http://Chat.Example.org:80", "chat.example.org"),
    ],
)
def test_the_host_that_was_asked_is_ours(origin: str, host: str) -> None:
    assert is_ours(origin, host)


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("http://evil.example", "127.0.0.1:7860"),
        ("http://127.0.0.1:9999", "127.0.0.1:7860"),
        ("http://127.0.0.1", "127.0.0.1:7860"),
        ("null", "127.0.0.1:7860"),
        ("", "127.0.0.1:7860"),
        ("http://127.0.0.1:7860.evil.example", "127.0.0.1:7860"),
        ("http://127.0.0.1:7860@evil.example", "127.0.0.1:7860"),
        ("file://127.0.0.1:7860", "127.0.0.1:7860"),
        ("http://127.0.0.1:7860, http://evil.example", "127.0.0.1:7860"),
        ("http://127.0.0.1:99999", "127.0.0.1:7860"),
    ],
)
def test_anything_else_is_not(origin: str, host: str) -> None:
    assert not is_ours(origin, host)


def test_an_origin_that_was_allowed_is_ours_by_whatever_host_a_proxy_names() -> None:
    allowed = read_origins(["https://Chat.example.org/"])
    assert allowed == {"https://chat.example.org"}
    assert is_ours("https://chat.example.org", "10.0.0.5:7860", allowed)
    assert not is_ours("http://chat.example.org", "10.0.0.5:7860", allowed)


@pytest.mark.parametrize("given", ["chat.example.org", "https://", "https://a/b", "*", "ftp://a"])
def test_what_is_no_origin_cannot_be_allowed(given: str) -> None:
    with pytest.raises(OriginError, match="--allow-origin"):
        read_origins([given])


def test_a_strangers_name_that_resolves_to_this_machine_does_not_lead_here() -> None:
    assert leads_here("localhost:7860")
    assert leads_here("127.0.0.1:7860")
    assert leads_here("[::1]:7860")
    assert not leads_here("rebound.example:7860")
    assert leads_here("rebound.example:7860", read_origins(["https://rebound.example"]))


@pytest.mark.parametrize("host", ["", "a b", "a/b", "a, b", "a:b", "a\r\nx", "<img>", "[::1"])
def test_a_host_is_one_host_with_at_most_a_port(host: str) -> None:
    assert not is_sane_host(host)
