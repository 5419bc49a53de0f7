r"""LaTeX to the characters it stands for: `$\geq 0.5$` is `≥ 0.5`.

Converted papers carry their symbols and figures as LaTeX. What is known becomes its
character; an unknown command is dropped and its arguments stay, so that no figure is lost.
"""

from __future__ import annotations

import re

from iscalimab_qa.sources.scripts import lowered, raised

_GREEK = {
    name: chr(code)
    for code, name in enumerate(
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho "
        "varsigma sigma tau upsilon phi chi psi omega".split(),
        start=0x3B1,
    )
}
_GREEK |= {name.capitalize(): char.upper() for name, char in _GREEK.items() if name != "varsigma"}
_GREEK |= {"varepsilon": "ε", "vartheta": "ϑ", "varphi": "φ", "ell": "ℓ"}

_SYMBOLS = {
    "geq": "≥", "ge": "≥", "geqslant": "≥", "leq": "≤", "le": "≤", "leqslant": "≤",
    "gg": "≫", "ll": "≪", "neq": "≠", "ne": "≠", "lt": "<", "gt": ">",
    "approx": "≈", "sim": "~", "simeq": "≃", "cong": "≅", "equiv": "≡", "propto": "∝",
    "pm": "±", "mp": "∓", "times": "×", "div": "÷", "cdot": "·", "ast": "*", "star": "*",
    "rightarrow": "→", "to": "→", "leftarrow": "←", "leftrightarrow": "↔", "Rightarrow": "⇒",
    "uparrow": "↑", "downarrow": "↓", "rightleftharpoons": "⇌",
    "infty": "∞", "circ": "°", "degree": "°", "prime": "′", "partial": "∂", "nabla": "∇",
    "sum": "∑", "prod": "∏", "int": "∫", "in": "∈", "cup": "∪", "cap": "∩", "subset": "⊂",
    "dagger": "†", "ddagger": "‡", "S": "§", "dots": "…", "ldots": "…", "cdots": "…",
    "mid": "|", "vert": "|", "lbrace": "(", "rbrace": ")", "AA": "Å", "textmu": "µ",
}  # fmt: skip

_LONGEST_SPAN = 400
"""Characters of one formula. Longer stretches between dollars are prose about money."""

MATH_SPAN = re.compile(
    rf"""(?<!\\)\$\$(?P<display>[^$]{{1,{_LONGEST_SPAN}}})\$\$
       | (?<!\\)\$(?P<inline>[^$\n]{{1,{_LONGEST_SPAN}}}?)(?<!\\)\$(?!\d)
       | \\\((?P<round>[^$]{{1,{_LONGEST_SPAN}}}?)\\\)
       | \\\[(?P<square>[^$]{{1,{_LONGEST_SPAN}}}?)\\\]""",
    re.VERBOSE,
)

_HAS_LATEX = re.compile(r"\\[A-Za-z%,;]|[\^_{]")
_BARE_FORMULA = re.compile(
    r"(?!\s)(?:(?<![A-Za-z])[A-Za-z](?![A-Za-z])|[\d\s.,=<>+*/()%|−–-])+(?<!\s)"
)
"""`n = 39`, `p < 0.05`, `x`: single letters, figures and signs. `5 and ` has a word: money."""

_KNOWN = "|".join(sorted([*_GREEK, *_SYMBOLS], key=len, reverse=True))
_BARE_COMMAND = re.compile(rf"(?<![A-Za-z:\\])\\({_KNOWN})(?![A-Za-z])")
_ESCAPED = re.compile(r"\\([%&#_$])")

_SPACE = re.compile(r"\\[,;:! ]|~|&|\\\\|\\q?quad(?![A-Za-z])")
_DELIMITER_SIZE = re.compile(r"\\(?:left|right|[bB]igg?[lrm]?)(?![A-Za-z])\.?")
_COMMAND = re.compile(r"\\([A-Za-z]+)\*?")
_GREEK_BEFORE_WORD = re.compile(rf"\\({'|'.join(_GREEK)})\s+(?=[A-Za-z\\])")
_DEGREES = re.compile(r"\^\s*(?:°|\{\s*°\s*\})")
_ARGUMENT = r"\s*\{([^{}]*)\}"
_FRACTION = re.compile(rf"\\[dtc]?frac{_ARGUMENT}{_ARGUMENT}")
_ROOT = re.compile(rf"\\sqrt{_ARGUMENT}")
_UPPER = re.compile(rf"\^(?:{_ARGUMENT}|\s*([^\s{{}}^_\\]))")
_LOWER = re.compile(rf"_(?:{_ARGUMENT}|\s*([^\s{{}}^_\\]))")
_CARET = "\x00"
"""Stands for a caret that is to be read, so that no later round takes it for a command."""
_GROUP = re.compile(r"\{([^{}]*)\}")
_ONLY_RAISED = re.compile(r"\s*(?:\{\s*\})?\s*\^\s*(?:\{([^{}^_]*)\}|(\w))\s*")
_SPACED_DIGITS = re.compile(r"(?<![\d.])\d(?: \d(?!\d))*(?: ?\. ?\d(?: \d(?!\d))*)?(?![\d.])")
_KEEPS_ITS_ARGUMENTS = frozenset({"frac", "dfrac", "tfrac", "cfrac", "sqrt"})


def latex_to_text(text: str) -> str:
    """Replace formulas and known commands by characters; money and paths stay as they are."""
    if "$" not in text and "\\" not in text:
        return text
    text = MATH_SPAN.sub(_span_to_text, text)
    text = _BARE_COMMAND.sub(lambda match: _character(match[1]), text)
    return _ESCAPED.sub(r"\1", text)


def is_math(span: re.Match[str]) -> bool:
    """Tell whether a match of `MATH_SPAN` is a formula and not two sums of money."""
    body = span[span.lastgroup or 0]
    return bool(_HAS_LATEX.search(body) or _BARE_FORMULA.fullmatch(body))


def _span_to_text(span: re.Match[str]) -> str:
    body = span[span.lastgroup or 0]
    if span.lastgroup == "square" and not _HAS_LATEX.search(body):
        return f"[{body}]"  # an escaped bracket, not a displayed formula
    if not is_math(span):
        return span[0]
    only_raised = _ONLY_RAISED.fullmatch(_DEGREES.sub("°", _name_symbols(body)))
    if only_raised:
        # Nothing stands below it but the word before: a power or a reference marker.
        return f"<sup>{only_raised[1] or only_raised[2]}</sup>"
    return _formula_to_text(body)


def _formula_to_text(body: str) -> str:
    body = _DEGREES.sub("°", _name_symbols(body))
    # Every round but the last resolves a pair of braces, a caret or an underscore.
    for _ in range(len(body) + 1):
        before = body
        body = _FRACTION.sub(lambda match: f"{_whole(match[1])}/{_whole(match[2])}", body)
        body = _ROOT.sub(lambda match: f"√{_whole(match[1])}", body)
        body = _UPPER.sub(_raise, body)
        body = _LOWER.sub(lambda match: lowered(match[1] or match[2] or ""), body)
        if body != before:
            continue
        # Braces open only when no command still waits for them as its argument.
        body = _GROUP.sub(r"\1", body)
        if body == before:
            break
    return re.sub(r"[{}\\]", "", body).replace(_CARET, "^").strip()


def _raise(match: re.Match[str]) -> str:
    return raised(match[1] or match[2] or "").replace("^", _CARET)


def _name_symbols(body: str) -> str:
    """Turn commands into characters, drop those that only shape, mend figures read digit-wise."""
    body = _SPACE.sub(" ", body)
    body = _DELIMITER_SIZE.sub("", body)
    body = _ESCAPED.sub(r"\1", body.replace(r"\{", "(").replace(r"\}", ")"))
    body = _GREEK_BEFORE_WORD.sub(lambda match: _GREEK[match[1]], body)
    body = _COMMAND.sub(lambda match: _character(match[1]), body)
    return _SPACED_DIGITS.sub(lambda match: match[0].replace(" ", ""), body)


def _character(command: str) -> str:
    if command in _KEEPS_ITS_ARGUMENTS:
        return f"\\{command}"
    return _GREEK.get(command) or _SYMBOLS.get(command, "")


def _whole(term: str) -> str:
    """Put a compound term in brackets, so that a fraction on one line reads right."""
    term = term.strip()
    return f"({term})" if re.search(r"[\s+/−-]", term.lstrip("+−-")) else term
