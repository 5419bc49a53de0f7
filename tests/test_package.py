"""The built wheel, used outside the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import iscalimab_qa

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel without network and unpack it as an installer would."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder / "site")
    return folder / "site"


def run(installed: Path, tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    code = "from iscalimab_qa.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(installed), "XDG_DATA_HOME": str(tmp_path / "data")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_wheel_carries_the_starting_corpus_the_reader_its_licence_and_its_types(
    installed: Path,
) -> None:
    shipped = {path.name for path in (installed / "iscalimab_qa/shipped_corpus").iterdir()}
    assert shipped == {path.name for path in (ROOT / "corpus").iterdir()}
    assert (installed / "iscalimab_qa/py.typed").exists()
    assert (installed / "iscalimab_qa/reader/reader.onnx").exists()
    assert list(installed.glob("*.dist-info/licenses/NOTICE"))


def test_outside_the_checkout_it_answers_from_the_shipped_corpus(
    installed: Path, tmp_path: Path
) -> None:
    done = run(installed, tmp_path, "ask", "What is iscalimab?")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Found in the library" in done.stdout
    # Its index lies in the user's directory and nowhere else.
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_the_public_names_are_few() -> None:
    assert iscalimab_qa.__all__ == ["Answer", "Assistant", "IscalimabQAError"]
    assert all(getattr(iscalimab_qa, name) for name in iscalimab_qa.__all__)
    with pytest.raises(AttributeError, match="no attribute 'Asistant'"):
        _ = iscalimab_qa.Asistant
