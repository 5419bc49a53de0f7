from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from iscalimab_qa.index.store_process import StoreProcess
from iscalimab_qa.library.reader import PassageChanges


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks Linux about processes")
def test_the_process_ends_when_its_parent_is_killed() -> None:
    code = (
        "import time\n"
        "from iscalimab_qa.index.store_process import StoreProcess\n"
        "print(StoreProcess()._process.pid, flush=True); time.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert alive(child)
    parent.kill()
    parent.communicate()
    deadline = time.monotonic() + 30
    while alive(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive(child)


def test_what_goes_wrong_in_the_process_is_its_answer(tmp_path: Path) -> None:
    with StoreProcess() as store:
        store.order_write(tmp_path / "nothing", None, PassageChanges([], []))
        problem = store.result(lambda _: None)
        assert problem is not None
        assert "OperationalError" in problem
        # And it is ready for the next order.
        store.order_check(tmp_path / "nothing")
        assert store.result(lambda _: None) is not None


def test_a_process_that_dies_says_so() -> None:
    store = StoreProcess()
    store._process.kill()
    store.order_check(Path("anywhere"))
    assert store.result(lambda _: None) == "the process that runs Chroma ended with code -9"
    store.close()
