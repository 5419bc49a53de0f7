"""Write requirements.txt and requirements-dev.txt from what is installed and tested here."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
HEAD = "# Versions that were installed and tested together. Written by: make lock\n"
MARKERS = {"uvloop": 'sys_platform != "win32"'}
"""Packages that exist on some platforms only."""


def closure(requirements: Iterable[str]) -> dict[str, str]:
    """Return the installed version of every package that some requirements bring along."""
    open_ones = [Requirement(text) for text in requirements]
    seen: set[tuple[str, frozenset[str]]] = set()
    versions: dict[str, str] = {}
    while open_ones:
        wanted = open_ones.pop()
        name = canonicalize_name(wanted.name)
        if (name, frozenset(wanted.extras)) in seen:
            continue
        seen.add((name, frozenset(wanted.extras)))
        installed = metadata.distribution(wanted.name)
        versions[name] = installed.version.partition("+")[0]
        needs = map(Requirement, installed.requires or [])
        open_ones += [need for need in needs if _applies(need, wanted.extras)]
    return versions


def _applies(need: Requirement, extras: set[str]) -> bool:
    if need.marker is None:
        return True
    return any(need.marker.evaluate({"extra": extra}) for extra in extras or {""})


def write(path: Path, versions: dict[str, str], *, first: str = "") -> None:
    """Write one pin a line, sorted."""
    lines = (
        f"{name}=={version}" + (f" ; {MARKERS[name]}" if name in MARKERS else "")
        for name, version in sorted(versions.items())
    )
    path.write_text(HEAD + first + "\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Lock the run-time and the development packages apart."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime = closure(project["project"]["dependencies"])
    tools = closure(project["dependency-groups"]["dev"])
    write(ROOT / "requirements.txt", runtime)
    extra = {name: version for name, version in tools.items() if name not in runtime}
    write(ROOT / "requirements-dev.txt", extra, first="-r requirements.txt\n")


if __name__ == "__main__":
    main()
