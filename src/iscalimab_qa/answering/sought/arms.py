"""How the sizes of a trial's arms are asked for, and told."""

from __future__ import annotations

from iscalimab_qa.answering.sought.attribute import Attribute
from iscalimab_qa.evidence.wording.patterns import pattern

_PEOPLE = (
    r"(?:(?:patients?|participants?|people|adults?|children|subjects?|persons?|women|men"
    r"|volunteers?)\s+)"
)
_ARMS = r"(?:[\w-]+\s+){0,2}?(?:arms?|groups?|cohorts?)\b"
_EACH = r"(?:each|every|the|both|either|all|per|its)\s+(?:of\s+the\s+)?"
_GIVEN = r"(?:randomi[sz]ed|allocated|assigned|enrolled|included|put|placed)"
_PARTED = (
    r"(?:split|divided|distributed|apportioned|shared|parted|allocated|assigned)(?:\s+(?:up|out))?"
)
_ANOTHER_FIGURE = (
    r"(?!.*\b(?:who|whose|had|died|respon\w+|relaps\w+|complet\w+|discontinu\w+|dropp\w+"
    r"|withdr\w+|adverse|stratif\w+|improv\w+|reached|achiev\w+)\b)"
)

ASKS_SIZES = pattern(
    rf"""^{_ANOTHER_FIGURE}.*
      (?: \bhow\s+many\s+{_PEOPLE}?(?:were|was|are|is)\s+(?:there\s+)?(?:{_GIVEN}\s+)?
          (?:in|to|into|on|per|by)\s+(?:{_EACH})?(?:[\w-]+\s+and\s+)?{_ARMS}(?!\s+of\s+[a-z]+ed\b)
        | \bhow\s+many\s+{_PEOPLE}?did\s+{_EACH}{_ARMS}(?:\s+(?:of
          |in)\s+[^,;?]{{2,40}}?)?\s+(?:have|contain|include|comprise|count)
        | \bhow\s+many\s+{_PEOPLE}?(?:were\s+)?(?:in\s+each|per)\s+{_ARMS}
        | \bhow\s+(?:large|big)\s+(?:was|were|is|are)\s+{_EACH}{_ARMS}
        | \bhow\s+many\s+{_PEOPLE}?(?:were\s+)?(?:{_GIVEN}|given|got
          |received)\s+(?:to\s+)?(?:each|either
          |both)\s+(?:doses?|treatments?|drugs?|regimens?)\b
        | \b(?:arm|group|cohort)\s+sizes?\b
        | \b(?:sizes?|numbers?\s+of\s+{_PEOPLE})\s*(?:of|in|per)\s+(?:{_EACH})?{_ARMS}
        | \b{_PEOPLE}per\s+(?:arm|group)\b
        | \bhow\s+(?:was|were|did)\b.*\b{_PARTED}\s+(?:between|among(?:st)?|across|over|into|to)\s+
          (?:(?:{_EACH})?{_ARMS}|[\w-]+\s+(?:\w+\s+)?and\s)
        | \bhow\s+did\b.*\b(?:split|divide)\b )"""
)
"""Asks how many patients each arm has, and not how many of them had something."""

_TWO_OF = (
    r"(?:got|received|were\s+given|took|were\s+on"
    r"|(?:were\s+)?(?:allocated|assigned|randomi[sz]ed)\s+to)"
)
ASKS_TWO_SIZES = pattern(
    rf"""^(?!.*\b(?:weeks?|days?|doses?|mg|infusions?|injections?|tablets?)\b){_ANOTHER_FIGURE}
      .*\bhow\s+many\s+
      {_PEOPLE}?{_TWO_OF}\s+(?:the\s+)?(?:[\w-]+\s+){{1,4}}?and\s+
      (?:how\s+many\s+(?:{_TWO_OF}\s+)?|to\s+|(?=\w+\W*$))(?:the\s+)?[\w-]+"""
)
"""The same, arm by arm: "how many got tolimab and how many placebo?"."""

SIZES_BESIDE = pattern(r"\bn\s*=\s*\d[\d,]*\b.*?\bn\s*=\s*\d")
"""Tells the sizes of two arms: "tolimab (n = 39), placebo (n = 18)"."""

_DOSE = r"\d[\d,.]*\s?(?:mg|µg|μg|mcg|g|ml|mL|IU)\b(?:/(?:kg|day|m2))?"
_ASKS_DOSES = pattern(
    r"""\b(?:which|what)\s+(?:[\w-]+\s+){0,2}?doses\b(?=.*\b(?:test|stud|compar|evaluat|examin
        |investigat|assess|tried|giv|us(?:ed|ing))\w*)"""
)
_DOSES_OF_ARMS = pattern(
    rf"""{_DOSE}.+?{_DOSE}.+?{_DOSE} | \d+(?:\s?mg)?,\s+\d+(?:\s?mg)?,?\s+(?:and|or)\s+{_DOSE}
      | \b(?:arms?|groups?|randomi[sz]ed|allocated|assigned)\b.*{_DOSE}.*?{_DOSE}"""
)
"""Three doses, or two that arms were given: what patients were switched to later is neither."""

OF_ARMS = (
    Attribute(
        "which doses dose tested studied compared evaluated examined given used tried were",
        _ASKS_DOSES,
        _DOSES_OF_ARMS,
        "arms mg",
    ),
    Attribute(
        """how many patients participants people were was in each every per both arm arms group
        groups size sizes split divided distributed allocated assigned randomised randomized
        between there number large big""",
        ASKS_SIZES,
        SIZES_BESIDE,
        "",
    ),
)
"""Tried before the size of a whole study."""
