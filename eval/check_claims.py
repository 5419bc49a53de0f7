"""Print how well the checks tell supported claims from corrupted ones, as Markdown.

    .venv/bin/python eval/check_claims.py               both halves
    .venv/bin/python eval/check_claims.py --split dev --misses

`--misses` lists what was missed and what was flagged wrongly; it is for the half `dev` only.
"""

from __future__ import annotations

import argparse
from functools import cache
from pathlib import Path

from iscalimab_qa.evaluation.claims import (
    CHECK_OF,
    CheckedClaim,
    as_markdown,
    checked,
    citations_of,
    read_claims,
)
from iscalimab_qa.evidence.checks import check_claim, examine
from iscalimab_qa.settings import ReadingSettings
from iscalimab_qa.sources.read import read_source
from iscalimab_qa.sources.values import Source

HERE = Path(__file__).parent
FOLDERS = (HERE / "claims_corpus", HERE.parent / "corpus")


@cache
def source(source_id: str) -> Source:
    path = next(p for folder in FOLDERS if (p := folder / f"{source_id}.md").exists())
    return read_source(path, path.read_bytes(), ReadingSettings())


def check(claim, citations, own):
    return check_claim(claim, citations, sources={own.source_id: own.metadata})


def print_misses(claims: list[CheckedClaim], *, only: str | None) -> None:
    for labelled, checks in claims:
        each = CheckedClaim(labelled, checks)
        own = CHECK_OF[labelled.kind] if labelled.kind else None
        right = own in each.failed if own else not each.failed
        if right or (only and only != (labelled.kind or "supported")):
            continue
        own_source = source(labelled.source_id)
        found = examine(
            labelled.claim,
            citations_of(labelled, own_source),
            sources={own_source.source_id: own_source.metadata},
        )
        print(f"\n{labelled.id} [{labelled.kind}] failed: {sorted(each.failed)}  ({labelled.why})")
        print(f"  claim: {labelled.claim}\n  quote: {labelled.quote}")
        for finding in found.findings:
            print("   -", finding.check, "|", finding.said, "|", finding.text)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=Path, default=HERE / "claims.jsonl")
    parser.add_argument("--split", choices=["dev", "held"])
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--only", help="a kind of corruption, or `supported`")
    options = parser.parse_args()
    claims = read_claims(options.claims)
    splits = [options.split] if options.split else ["dev", "held"]
    halves = {
        split: checked([c for c in claims if c.split == split], source, check) for split in splits
    }
    print(as_markdown(halves))
    if options.misses:
        if splits != ["dev"]:
            parser.error("--misses is for --split dev: the other half is held back")
        print_misses(halves["dev"], only=options.only)


if __name__ == "__main__":
    main()
