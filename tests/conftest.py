"""Keep every test offline, and away from the settings and folders of whoever runs it."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# The same examples every time, and no failure because a machine was busy.
settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.load_profile("repeatable")

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"


@pytest.fixture(autouse=True)
def _own_surroundings(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Give a test its own user folders and none of the caller's settings."""
    for name in [name for name in os.environ if name.startswith("ISCALIMAB_QA_")]:
        monkeypatch.delenv(name)
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
