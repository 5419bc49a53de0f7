"""Which addresses are this machine's own, and asking them without a proxy in between."""

from __future__ import annotations

import ipaddress
import os


def is_loopback(host: str) -> bool:
    """Tell whether a host, named or numbered, is this machine alone.

    >>> is_loopback("127.0.0.1"), is_loopback("[::1]"), is_loopback("localhost.example.org")
    (True, True, False)
    """
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def reach_directly(*hosts: str) -> None:
    """Keep proxies out of what this process asks of hosts: clients obey them even for loopback."""
    for name in ("NO_PROXY", "no_proxy"):
        os.environ[name] = ",".join(filter(None, [os.environ.get(name, ""), *hosts]))
