from __future__ import annotations

import pytest

from iscalimab_qa.cli.arguments import globals_first


@pytest.mark.parametrize(
    ("given", "moved"),
    [
        (["ask", "q", "--index", "d"], ["--index", "d", "ask", "q"]),
        (["ask", "--corpus=a", "q", "--corpus", "b"], ["--corpus=a", "--corpus", "b", "ask", "q"]),
        (["--offline", "ask", "q"], ["--offline", "ask", "q"]),
        (["ask", "q", "--json"], ["ask", "q", "--json"]),
        (["ask", "--", "--index"], ["ask", "--", "--index"]),
        (["ask", "q", "--index"], ["--index", "ask", "q"]),
    ],
)
def test_global_options_may_stand_anywhere_before_a_double_dash(
    given: list[str], moved: list[str]
) -> None:
    assert globals_first(given) == moved
