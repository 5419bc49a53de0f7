from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iscalimab_qa.sources.normalise import clean_text, matching_key

PIECES = (
    "$ \\ { } ^ _ [ ] ( ) 1 2 39 , - – . % < > ; see a IL-6 \n \t <sup> </sup> <sub> </sub> <br> "
    "&amp; &lt; &#36; \\frac \\geq \\mu \\% \\[ \\] [1] [1-3] ² ¹ é ﬁ \u00ad \u200b \u2011"
)
MESS = st.lists(st.sampled_from(PIECES.split(" ")) | st.characters(), max_size=25).map("".join)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        (r"(uPCR)  $\geq 0.5$  mg/mg", "(uPCR) ≥ 0.5 mg/mg"),
        (r"$p \leq 0.05$, $12.1 \pm 3.0$", "p ≤ 0.05, 12.1 ± 3.0"),
        (r"$5\,\mu g$ of TNF-\alpha", "5 μg of TNF-α"),
        (r"a fall of 38.2\% or $38.2 \%$", "a fall of 38.2% or 38.2 %"),
        (r"$10^{-3}$ and $R^2$ at $37^{\circ}C$", "10⁻³ and R² at 37°C"),
        (r"$IC_{50}$, $\mathrm{C_{max}}$, $\text{CD27}^{+}$", "IC50, Cmax, CD27+"),
        (r"$\frac{a}{b}$ and $\frac{a + b}{c}$", "a/b and (a + b)/c"),
        (r"$\frac{\frac{a}{b}}{c^{2}}$", "(a/b)/c²"),
        (r"$\unknown{7.4} \other 9$", "7.4 9"),
        (r"$6 3 . 1 \%$ of them", "63.1 % of them"),
        (r"\(n = 39\) or $n = 18$", "n = 39 or n = 18"),
    ],
)
def test_latex_becomes_the_characters_it_stands_for(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


@pytest.mark.parametrize(
    "line", ["costs $5 and $10 a day", "$US 5 or 10$", r"C:\alpha\file", "5 ^ 2 {a}"]
)
def test_money_and_paths_are_no_latex(line: str) -> None:
    assert clean_text(line) == line


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("on T cells.<sup>[1]</sup> This", "on T cells. This"),
        ("in lupus.<sup>[1]</sup><sup>[2]</sup>", "in lupus."),
        ("disease<sup>12,14–16</sup> and", "disease and"),
        ("was shown [1], and [2,3] again [4-6].", "was shown, and again."),
        ("was shown [1] [2] [3] .", "was shown."),
        ("was shown (see e.g., [1] [2] ), later", "was shown, later"),
        ("fell by 36% [1].", "fell by 36%."),
        ("in 2019 [4-6] and", "in 2019 and"),
        ("ended.[7]The next", "ended. The next"),
        ("text.$^{12}$ More", "text. More"),
        ("a receptor.¹² The", "a receptor. The"),
        ("a footnote[^1] and [^note] another", "a footnote and another"),
        (r"escaped \[3\].", "escaped."),
    ],
)
def test_reference_markers_leave_without_a_gap(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


@pytest.mark.parametrize(
    "line",
    [
        "HR 0.7 [95% CI 0.5-0.9]",
        "thieno[2,3-b]pyridine and [1,2]oxazine",
        "IgG1 at 10^9 per cm²",
        "median 5 [2-8] years",
        "on a scale [1-10]",
        "range [3, 9]",
        "12 [31]",
        "a scale from 0 [0-10]",
        "[18F]FDG",
        "in 2025 [2025]",
        "cm². The next",
    ],
)
def test_brackets_that_hold_figures_stay(line: str) -> None:
    assert clean_text(line) == line


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("10<sup>9</sup> cells/m<sup>2</sup>", "10⁹ cells/m²"),
        ("<sup>51</sup>Cr and Ca<sup>2+</sup>", "⁵¹Cr and Ca²⁺"),
        ("CD4<sup>+</sup> CD19<sup>hi</sup> 5<sup>th</sup>", "CD4+ CD19hi 5th"),
        ("8 s<sup>-1</sup>, H<sub>2</sub>O", "8 s⁻¹, H2O"),
        ("63.1%<sup>a</sup>", "63.1%ᵃ"),
        ("in 2019<sup>4</sup> and CD40<sup>3</sup>", "in 2019 and CD40"),
    ],
)
def test_raised_figures_stay_and_raised_markers_go(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\u00a0b\u2009c\u3000d", "a b c d"),
        ("co\u00adstim\u200bul\u2060ation\ufeff", "costimulation"),
        ("left\u202eright\u2066", "leftright"),
        ("hid\U000e0041\U000e0042den\ufe0f", "hidden"),
        ("a\x00b\x07c", "a b c"),
        ("IL\u20116 ﬁbrosis", "IL-6 fibrosis"),
        ("p &lt; 0.05 &amp;amp; &#181;g &nbsp;x", "p < 0.05 & µg x"),
        ("AT&T, R&D", "AT&T, R&D"),
        ("<b>bold</b>, <i class='x'>it</i>, a<br>b", "bold, it, a b"),
        ("a < b and c > d", "a < b and c > d"),
        ("e\u0301", "é"),
        ("≥ µ ² ½ ™", "≥ µ ² ½ ™"),
        ("lone \ud800 half", "lone half"),
    ],
)
def test_what_nobody_sees_goes_and_characters_keep_their_meaning(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


@settings(deadline=None, max_examples=300)
@given(MESS)
def test_cleaning_a_clean_text_changes_nothing(raw: str) -> None:
    clean = clean_text(raw)
    assert clean_text(clean) == clean
    assert clean == " ".join(clean.split())


@settings(deadline=None)
@given(MESS)
def test_a_key_is_its_own_key(raw: str) -> None:
    assert matching_key(matching_key(raw)) == matching_key(raw)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("TNF-α", "TNF–alpha"),
        ("−2.8", "-2.8"),
        ("Sjögren’s", "SJOGREN'S"),
        ("“mild”", '"mild"'),
        ("IFN-γ", "ifn-gamma"),
        ("5 µg/mL", "5 ug/ml"),
        ("48·0%", "48.0%"),
        ("IgG₁", "IgG1"),
        ("10⁹", "10^9"),
        ("cm²", "cm^2"),
        ("ﬁbrosis", "fibrosis"),
        ("Λ", "lambda"),
        ("3 × 10", "3 x 10"),
    ],
)
def test_spellings_of_the_same_words_have_one_key(one: str, other: str) -> None:
    assert matching_key(one) == matching_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("10⁹", "109"), ("0.74", "74"), ("CD40", "CD40L"), ("-1", "1")]
)
def test_different_figures_have_different_keys(one: str, other: str) -> None:
    assert matching_key(one) != matching_key(other)


def test_entities_nested_a_thousand_deep_are_cleaned_in_linear_time() -> None:
    assert clean_text("&" + "amp;" * 100_000 + "lt;") == "<"
