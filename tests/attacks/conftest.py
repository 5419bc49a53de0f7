"""Let the attacks be made with the writers of Word files and PDFs of `tests/sources`."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "sources"))
