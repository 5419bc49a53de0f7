from __future__ import annotations

import pytest
from source_layout import kinds

from iscalimab_qa.sources.boilerplate import mark_boilerplate, mark_references
from iscalimab_qa.sources.builder import SourceBuilder

BOILERPLATE = [
    "Address: 12 Harbour Road",
    "Port Invented, NV 89001, Freedonia",
    "Phone: (555) 010-9000",
    "Tel.: +1 555 0100, Fax: +1 555 0101",
    "Email: desk@quillmark.example or Request Quote Online.",
    "desk@quillmark.example",
    "https://quillmark.example/product/q-4471",
    "Address for correspondence: A. Lindqvist, 9 Lake Street; email: a.lind@inst.example",
    "Get Quote",
    "Request a free sample",
    "Add to cart",
    "Click to download full resolution via product page",
    "Download PDF",
    "Subscribe to our newsletter",
    "Need custom antibodies?",
    "Looking for a partner in peptide chemistry?",
    "Unsure if this kit suits your work? [Contact our Dr. Help Support Team]",
    "Learn more about our laboratories",
    "Follow us on the usual networks",
    "Skip to main content",
    "Home | Products | Contact us",
    "Privacy Policy | Terms of Use",
    "Terms of Use| Privacy Policy| Accessibility Statement",
    "© 2031 Quillmark Reagents. All rights reserved.",
    "Copyright 2031 by the authors.",
    "For research use only. Not for use in people.",
    "This product is for research use only and is not meant for diagnosis.",
    "Quillmark makes no warranties, express or implied, about any use of it.",
    "We use cookies to improve this page.",
    "Our mission is to be the trusted source of reagents for science.",
    "Quillmark is a leading global supplier of antibodies.",
    "Quillmark offers custom synthesis for labelled proteins.",
    "This is an open access article distributed under the terms of the Creative Commons licence.",
    "For Clinicians, Scientists, and Drug Discovery Professionals",
    "Cat. No.: Q-4471-B",
    "Disclaimer: the information is provided as is, without liability or warranty.",
]

SCIENCE = [
    "Patients were asked to give a home address and a phone number at screening.",
    "Transmission occurs by direct contact with patients or contaminated surfaces.",
    "Please quote the trial number in any correspondence about adverse events.",
    "The report carries a disclaimer that unblinded data were not reviewed.",
    "Injection-site reactions were mild; no participant had to contact the study team.",
    "The need for dialysis fell from 12% to 4% (need for dialysis at week 24).",
    "Need for rescue treatment",
    "Address: the unmet need of patients whose disease resists rituximab",
    "Antibodies offer a more selective modulation of the immune response.",
    "The company's registry lists two sites; the trial was terminated in April 2023.",
    "Kits (for research use only in their country of origin) gave an intra-assay CV of 4.1%.",
    "The sponsor provided the drug and had no role in the analysis.",
    "The leading source of infection was the urinary tract.",
    "See Table 2 for more details on dosing.",
    "Register-based follow-up was complete for 98% of patients.",
    "Download of the diary data failed in two participants, who were excluded.",
    "Order of administration was randomised within each period.",
    "View from the window was rated on a five-point scale.",
    "Molecular weight: 148 kDa",
    "CAS: 2054345-54-3",
    "Purity: 98.7% by size exclusion",
    "Author: Quillmark Reagents Applications Group. Date: March 2031",
    "uPCR: urinary protein-to-creatinine ratio; SAE: serious adverse event.",
    "Contact: 14 of 39 participants reported contact with a case.",
    "Funding: supported by the Agency for Invented Health (grant 12-3456).",
    "Phone: calls were made weekly by the nurse.",
    "Email: reminders were sent at weeks 4 and 8.",
    "Terms of the protocol required two visits.",
    "Copyright clearance was obtained for the questionnaire.",
    "Cookies and other snacks were withheld before the glucose test.",
    "Products of complement activation were lower with zelotamab.",
    "About half of the patients responded.",
    "For patients and clinicians alike, the burden was considerable.",
]


def mark(lines: list[tuple[str, str, int]]) -> dict[str, str]:
    """Lay (kind, words, level or depth) down, mark it, and return words to kind."""
    builder = SourceBuilder()
    for kind, line, level in lines:
        if kind == "heading":
            builder.heading(line, level)
        elif kind == "item":
            builder.list_item(line, level)
        else:
            builder.paragraph(line)
    built = builder.build()
    return kinds(
        built.text, mark_references(built.text, mark_boilerplate(built.text, built.blocks))
    )


@pytest.mark.parametrize("line", BOILERPLATE)
def test_a_line_that_only_surrounds_the_document_is_boilerplate(line: str) -> None:
    assert mark([("p", line, 0)]) == {line: "boilerplate"}


@pytest.mark.parametrize("line", SCIENCE)
def test_a_sentence_that_mentions_such_words_stays(line: str) -> None:
    assert mark([("heading", "Results", 2), ("p", line, 0)])[line] == "paragraph"


def test_a_licence_in_the_middle_of_a_paragraph_does_not_take_it_along() -> None:
    line = (
        "Protein in urine fell by 38.2% with zelotamab and by 4.0% with placebo at week 16, and "
        "the difference held at week 24. No reuse allowed without permission. Two participants "
        "of each arm were lost to follow-up before the second visit and count as failures."
    )
    assert mark([("p", line, 0)]) == {line: "paragraph"}


def test_the_section_of_a_disclaimer_goes_and_a_finding_under_it_stays() -> None:
    marked = mark(
        [
            ("heading", "Disclaimer & Data Validity", 2),
            ("p", "The accuracy of this page is not warranted; liability is excluded.", 0),
            ("p", "Use at own risk", 0),
            ("p", "The trial enrolled 42 adults with biopsy-proven disease at 9 sites.", 0),
        ]
    )
    assert list(marked.values()) == ["heading", "boilerplate", "boilerplate", "paragraph"]


def test_a_label_in_the_text_heads_the_lines_below_it_up_to_the_next_label() -> None:
    marked = mark(
        [
            ("p", "Terms and conditions:", 0),
            ("p", "All rights and trademarks remain with their owners.", 0),
            ("p", "Endpoints:", 0),
            ("item", "uPCR", 0),
        ]
    )
    assert list(marked.values()) == ["boilerplate", "boilerplate", "paragraph", "list_item"]


def test_a_heading_goes_when_nothing_that_it_heads_is_left() -> None:
    marked = mark(
        [
            ("heading", "Quillmark", 1),
            ("p", "Our mission is to supply science.", 0),
            ("heading", "Contact", 2),
            ("p", "Quillmark House", 0),
            ("p", "Phone: (555) 010-9000", 0),
        ]
    )
    assert set(marked.values()) == {"boilerplate"}


def test_a_scientific_section_named_contact_stays() -> None:
    line = "Close contact was defined as more than 15 minutes within two metres."
    marked = mark([("heading", "Contact", 2), ("p", line, 0)])
    assert marked == {"Contact": "heading", line: "paragraph"}


def test_about_a_company_goes_and_about_a_drug_stays() -> None:
    company = "Quillmark is a company with 300 employees; visit our website to see its products."
    drug = "Zelotamab is an antibody against a co-stimulatory receptor on B cells."
    marked = mark(
        [
            ("heading", "About Quillmark", 2),
            ("p", company, 0),
            ("heading", "About Zelotamab", 2),
            ("p", drug, 0),
        ]
    )
    assert list(marked.values()) == ["boilerplate", "boilerplate", "heading", "paragraph"]


def test_a_products_data_go_beside_a_catalogue_number_only() -> None:
    shop = [("heading", "Item", 2), ("p", "Compound Name: ZX-881", 0), ("p", "CAS: 12-34-5", 0)]
    assert mark([*shop, ("p", "Cat. No.: Q-4471-B", 0)])["CAS: 12-34-5"] == "boilerplate"
    assert mark(shop)["CAS: 12-34-5"] == "paragraph"


def test_the_entries_under_a_reference_head_are_references() -> None:
    marked = mark(
        [
            ("heading", "7. References", 2),
            ("item", "Moss P, Lind T. Receptors. J Inv Immunol 2019;4:11-19.", 0),
            ("item", "Agency for Invented Health. Annual report.", 0),
            ("p", "To cite this document: Quillmark. Bench Notes on zelotamab, 2031.", 0),
            ("heading", "Appendix", 2),
            ("p", "Forty-two adults were screened in 2030.", 0),
        ]
    )
    assert [*marked.values()] == ["heading", *["reference"] * 3, "heading", "paragraph"]


def test_an_entry_with_an_address_in_it_is_still_an_entry() -> None:
    entry = "Agency for Invented Health. Report 7, 2020. https://health.example/7"
    marked = mark([("heading", "References", 2), ("p", entry, 0)])
    assert marked[entry] == "reference"


def test_long_text_after_the_last_entry_is_no_reference() -> None:
    text = "The appendix describes how samples were kept and what was measured in them. " * 6
    marked = mark([("heading", "References", 2), ("p", text, 0)])
    assert marked[" ".join(text.split())] == "paragraph"


def test_three_entries_in_a_row_are_a_list_without_a_head() -> None:
    entries = [
        f"{n}. Moss P, Lind T. Receptors. J Inv Immunol 20{n};4:11-19." for n in range(11, 14)
    ]
    assert set(mark([("p", entry, 0) for entry in entries]).values()) == {"reference"}
    assert set(mark([("p", entry, 0) for entry in entries[:2]]).values()) == {"paragraph"}


def test_results_with_years_and_figures_in_a_row_are_no_reference_list() -> None:
    lines = [
        f"In 20{n} the trial enrolled {n} adults; {n}:1 allocation was kept throughout."
        for n in range(11, 16)
    ]
    assert set(mark([("item", line, 0) for line in lines]).values()) == {"list_item"}
