"""Let the tests import the scripts of `eval/`, which is not a package."""

from __future__ import annotations

import sys
from pathlib import Path

EVAL = Path(__file__).parents[2] / "eval"
sys.path[:0] = [str(EVAL), str(EVAL / "reader")]
