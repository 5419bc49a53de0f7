"""How the names of drugs end: the stems of international nonproprietary names.

Source: WHO, "The use of stems in the selection of international nonproprietary names", 2018.
"""

from __future__ import annotations

SURE_STEMS = (
    "mab|bart|tug|nib|cept|limus|ciclib|prazole|statin|vir|gliptin|gliflozin|glutide|kinra|parib|sartan"
    "|oxacin|cillin|cycline|conazole|mycin|triptan|setron|xaban|gatran|glitazone|lukast|zomib|platin"
    "|taxel|rubicin|fungin|azepam|oxetine|profen|coxib|degib|lisib|sporine?|penem|siran|rsen|leucel|camten"
)
"""No plain word of seven letters or more ends so, but `NO_DRUGS`."""

STEMS = (
    f"{SURE_STEMS}|olol|dipine|parin|grel|formin|fenac|asone|solone|isone|olimus|fenib|tocin|caine"
    "|stigmine|curium|terol|tropium|azole|bactam|barbital|thiazide|semide|alol|imod|imus|oprine"
    "|quine|trexate|grelor|afil|tadine|astine|racetam|triptyline|pramine|faxine|gabalin|dopa|glinide"
    "|bendazole|vaptan|entan|oxicam|metacin|steride|terone|estrant|rozole|relix|relin|tecan|trexed"
    "|poside|tabine|arabine|sulfan|poetin|grastim|vudine|tegravir|pridine|setine|sertib|phamide"
    "|mustine|tidine|fibrate|dronate|parane|flurane|lactone|[aiou]zole"
)
"""The sure ones, and those that hormones and lipids end with too."""

NO_DRUGS = frozenset(
    """concept accept intercept except percept precept vivir corporine quinine anticline
    peptide nonlimus elixir azole azoles aquine""".split()
)

SHORTEST_DRUG = 7
"""Letters of a drug's name: shorter words that end like one ("April", "statin") are none."""
