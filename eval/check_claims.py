"""Print how well the checks tell supported claims from corrupted ones, as Markdown.

    .venv/bin/python eval/check_claims.py               both halves
    .venv/bin/python eval/check_claims.py --split dev --misses
    .venv/bin/python eval/check_claims.py --split dev --asked INDEX

`--asked INDEX` asks a library of these claims without telling it the source; INDEX is a folder
for its index, built over `corpus` and `claims_corpus` where there is none. With `--without-own`
each claim is held against the other sources only: what is then contradicted is suspect.
`--misses` lists what was missed and what was flagged wrongly; it is for the half `dev` only.
"""

from __future__ import annotations

import argparse
from collections import Counter
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
from iscalimab_qa.evidence.checks.claim import check_claim, examine
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


KINDS = ("supported", *CHECK_OF)
VERDICTS = ("supported", "partial", "contradicted", "not_found")
SAME_SUBJECT = {"figure", "arm", "negation"}


def asked_verdicts(claims, index: Path, *, without_own: bool):
    """Ask a library of each claim, and return the verdicts in order with the time of each."""
    import time

    from iscalimab_qa.answering import checking
    from iscalimab_qa.answering.question import analyse
    from iscalimab_qa.answering.scoring import scored_units
    from iscalimab_qa.assistant import Assistant
    from iscalimab_qa.settings import load_settings

    found = []
    with Assistant.open(load_settings(corpus=FOLDERS, index=index)) as assistant:
        pipeline = assistant._current()
        library = checking.Library(pipeline.view.metadata, pipeline.names, pipeline.registry)
        assistant.check(claims[0].claim)
        for each in claims:
            started = time.perf_counter()
            question = analyse(each.claim)
            passages = pipeline.retrieve(each.claim)
            scored = scored_units(
                question, pipeline.terms(question), passages, pipeline._model.scoring
            )
            own = each.source_id if without_own else None
            units = [one.unit for one in scored if one.unit.source_id != own]
            verdict = checking.check_units(each.claim, units, library).verdict
            found.append((each, verdict, time.perf_counter() - started))
    return found


def asked_markdown(found) -> str:
    """Tabulate verdicts by what was done to the claims, and the shares that matter."""
    counts = Counter((each.kind or "supported", verdict) for each, verdict, _ in found)
    lines = ["| | n | " + " | ".join(VERDICTS) + " |", "|---" + "|--:" * 5 + "|"]
    for kind in KINDS:
        row = [counts[kind, verdict] for verdict in VERDICTS]
        lines.append(f"| {kind} | {sum(row)} | " + " | ".join(map(str, row)) + " |")
    right = [verdict == "supported" for each, verdict, _ in found if not each.kind]
    kept = [verdict != "supported" for each, verdict, _ in found if each.kind]
    told = [each.kind for each, verdict, _ in found if verdict == "contradicted"]
    strict = sum(kind in SAME_SUBJECT for kind in told)
    times = sorted(seconds for _, _, seconds in found)
    lines += [
        "",
        f"supported claims called supported: {sum(right)}/{len(right)}",
        f"corrupted claims not called supported: {sum(kept)}/{len(kept)}",
        f"called contradicted: {len(told)}, corrupted: {sum(map(bool, told))}, "
        f"of these figure, arm or negation: {strict}",
        f"median {1000 * times[len(times) // 2]:.0f} ms, longest {1000 * times[-1]:.0f} ms a claim",
    ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=Path, default=HERE / "claims.jsonl")
    parser.add_argument("--split", choices=["dev", "held"])
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--only", help="a kind of corruption, or `supported`")
    parser.add_argument("--asked", type=Path, metavar="INDEX")
    parser.add_argument("--without-own", action="store_true")
    options = parser.parse_args()
    claims = read_claims(options.claims)
    splits = [options.split] if options.split else ["dev", "held"]
    if options.asked:
        for split in splits:
            own = [claim for claim in claims if claim.split == split]
            found = asked_verdicts(own, options.asked, without_own=options.without_own)
            print(f"{split}\n\n{asked_markdown(found)}\n")
        return
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
