"""Whether a request comes from our own page: pure functions over `Origin` and `Host`.

A page elsewhere can make its visitor's browser send requests here, with the visitor's own
cookies. The browser says in `Origin` which page it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from iscalimab_qa.errors import OriginError
from iscalimab_qa.hosts import is_loopback

_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::\d{1,5})?")


def read_origins(given: Iterable[str]) -> frozenset[str]:
    """Check origins that a user allows, and write each in one form.

    Raises:
        OriginError: One has no host, another scheme than http(s), or more than an origin.
    """
    return frozenset(map(_origin, given))


def is_ours(origin: str, host: str, allowed: Iterable[str] = ()) -> bool:
    """Tell whether a request's `Origin` names the server that its `Host` asked for.

    The scheme is not compared: behind a proxy that speaks TLS we do not know ours. `null`,
    which a sandboxed or local page sends, is never ours.
    """
    try:
        named = _origin(origin)
    except OriginError:
        return False
    return named in allowed or _authority(named) == _with_port(host, urlsplit(named).scheme)


def is_sane_host(host: str) -> bool:
    """Tell whether a `Host` header is one host with at most a port."""
    return _HOST.fullmatch(host) is not None


def leads_here(host: str, allowed: Iterable[str] = ()) -> bool:
    """Tell whether a `Host` is this machine by its own name, or one that was allowed.

    A stranger's name that was made to resolve to loopback (DNS rebinding) would turn the
    stranger's page into one of ours.
    """
    name = urlsplit(f"//{host}").hostname or ""
    return is_loopback(name) or name in {urlsplit(origin).hostname for origin in allowed}


def _origin(given: str) -> str:
    try:
        parts = urlsplit(given.rstrip("/"))
        default = _DEFAULT_PORTS[parts.scheme]
        port = parts.port or default
    except (ValueError, KeyError) as error:
        raise OriginError(given) from error
    extra = parts.path or parts.query or parts.fragment or "@" in parts.netloc
    if not parts.hostname or extra or not is_sane_host(parts.netloc):
        raise OriginError(given)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}" + ("" if port == default else f":{port}")


def _authority(origin: str) -> str:
    parts = urlsplit(origin)
    return _with_port(parts.netloc, parts.scheme)


def _with_port(host: str, scheme: str) -> str:
    bare = host.lower()
    return bare if re.search(r":\d+$", bare) else f"{bare}:{_DEFAULT_PORTS[scheme]}"
