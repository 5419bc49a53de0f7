"""Weigh the reader's readings beside the features, and fit the verdict with them.

    python eval/reader/weigh.py DEVDATA [--index DIR] [--write]

Measured and fitted on what the reader was not trained on, three sets in equal shares: the third of
COVID-QA's articles that was held out, each of its questions asked with and without the article
that answers it; the questions of `questions/papers.tsv` about the same articles, a quarter of
which only seem to be answered; and the `dev` half of `eval/unseen`. The features keep their
weights; one weight is fitted for the reading, and the verdict anew, on the last two sets. AUCs are
of halves of the questions, each judged by a verdict that was fitted on the other half.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1]))

import numpy as np
from devdata import DevData, read_devdata
from fit_answering import (
    INVERSE_L2,
    NOTHING_FOUND,
    WEIGHTS,
    Case,
    case,
    covid_cases,
    evidence,
    fitting_options,
    interval,
    invented_cases,
    is_right,
    library_of,
    open_pipeline,
    report_thresholds,
    verdict_numbers,
    write_if_asked,
)
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from training_data import FOLDS, QUESTIONS, read_lines

from iscalimab_qa.answering.model import AnswerModel, shipped_model
from iscalimab_qa.answering.pipeline import Pipeline
from iscalimab_qa.answering.rereading import reread
from iscalimab_qa.answering.scoring import Candidate, scored_units
from iscalimab_qa.answering.verdict import Signals, signals
from iscalimab_qa.evaluation.outcomes import Place
from iscalimab_qa.evaluation.questions import read_questions
from iscalimab_qa.reader import shipped_reader
from iscalimab_qa.units import units_of

UNSEEN = Path(__file__).parents[1] / "unseen"
JUDGED = ("written", "unseen")
"""Sets that the verdict is fitted on. Questions whose article is left out are easily known to have
no answer, and teach to trust likeness; with them, what only seems to be answered is told worse."""

MOST = 40.0
"""The heaviest weight that is tried: twice that of all features of a good unit."""

ABOUT = (
    "Fitted by eval/reader/weigh.py on what the reader was not trained on: a third of COVID-QA's "
    "articles with its own questions and with those of eval/reader, and the dev half of "
    "eval/unseen, in equal shares; the verdict on the latter two. The other weights are those "
    "without a reader; the thresholds are set by hand from what it prints."
)


@dataclass(frozen=True, slots=True)
class Read:
    """A case whose best candidates were read, in the order of their features alone."""

    case: Case
    candidates: Sequence[Candidate]
    right: np.ndarray

    def ranked(self, weight: float) -> list[int]:
        """Return the candidates' numbers, best first, with a weight for the reading."""
        return [int(n) for n in np.argsort(-self.scores(weight), kind="stable")]

    def scores(self, weight: float) -> np.ndarray:
        own = np.array([each.score for each in self.candidates])
        return own + weight * np.array([each.features.reading for each in self.candidates])

    def hit(self, weight: float, k: int) -> bool:
        return bool(self.right[self.ranked(weight)[:k]].any())


def read(one: Case, model: AnswerModel) -> Read:
    """Have a case's best candidates read, at a weight of 0."""
    kept = {_place(each) for each in one.candidates}
    scored = scored_units(one.question, one.terms, one.passages, model.scoring)
    eligible = [each for each in evidence(one.question, scored) if _place(each) in kept]
    candidates = reread(one.question, eligible, eligible, one.passages, model)
    right = np.array([is_right(each, one.places) for each in candidates], dtype=bool)
    return Read(one, candidates, right)


def _place(candidate: Candidate) -> tuple[str, int]:
    return candidate.unit.source_id, candidate.unit.start


def written_cases(pipeline: Pipeline, held_out: frozenset[str]) -> Iterator[Case]:
    """Ask the written questions about the articles that were held out, of these articles."""
    sources = {name: pipeline.view.source(name) for name in sorted(held_out)}
    ends = {name: {u.start: u.end for u in units_of(sources[name])} for name in sources}
    library = library_of(held_out, sources)
    for line in read_lines(QUESTIONS / "papers.tsv"):
        if line.document in held_out:
            within = ends[line.document]
            places = [Place(line.document, at, within[at]) for at in line.starts if line.answered]
            of = "written"
            yield case(of, pipeline, line.question, library, 0, places, line.answered)


def all_cases(devdata: Path, index: Path) -> list[Case]:
    data = read_devdata(devdata)
    held_out = frozenset(sorted(data.articles)[::FOLDS])
    pipeline = open_pipeline(devdata / "articles", index)
    unseen = open_pipeline(UNSEEN / "corpus", index.with_name("unseen-index"))
    questions = [
        each
        for each in read_questions(UNSEEN / "questions.jsonl")
        if each.split == "dev" and not each.history
    ]
    return [
        *covid_cases(pipeline, _about(held_out, data)),
        *written_cases(pipeline, held_out),
        *(replace(one, of="unseen") for one in invented_cases(unseen, questions)),
    ]


def _about(articles: frozenset[str], data: DevData) -> DevData:
    return replace(data, questions=tuple(q for q in data.questions if q.article in articles))


def fit_weight(everything: Sequence[Read]) -> float:
    """Find the weight that makes it likeliest that a right unit comes first (softmax)."""
    usable = [one for one in everything if one.right.any()]
    shares = shares_of([one.case for one in usable])

    def loss(weight: float) -> float:
        value = 0.0
        for one, share in zip(usable, shares, strict=True):
            scores = one.scores(weight)
            chance = np.exp(scores - scores.max())
            value -= share * np.log(chance[one.right].sum() / chance.sum() + 1e-12)
        return value

    return float(minimize_scalar(loss, bounds=(0.0, MOST), method="bounded").x)


def shares_of(cases: Sequence[Case]) -> np.ndarray:
    """Weigh cases so that each set weighs the same, 1 a case on average."""
    sets = [one.of for one in cases]
    return np.array([len(sets) / (len(set(sets)) * sets.count(of)) for of in sets])


def signal_rows(everything: Sequence[Read], weight: float) -> np.ndarray:
    return np.array([_signals(one, weight) for one in everything])


def _signals(one: Read, weight: float) -> Signals:
    if not one.candidates:
        return NOTHING_FOUND
    scores = one.scores(weight)
    ordered = [replace(one.candidates[n], score=float(scores[n])) for n in one.ranked(weight)]
    return signals(one.case.question, ordered, one.case.terms, one.case.known)


def fit_verdict(
    everything: Sequence[Read], weight: float, *, reads: bool = True
) -> LogisticRegression:
    chosen = [one for one in everything if one.case.of in JUDGED]
    rows = signal_rows(chosen, weight)
    model = LogisticRegression(C=INVERSE_L2, max_iter=5000)
    answerable = [one.case.answerable for one in chosen]
    shares = shares_of([one.case for one in chosen])
    return model.fit(rows if reads else rows[:, :-1], answerable, sample_weight=shares)


def cross_fitted(everything: Sequence[Read], weight: float, *, reads: bool) -> np.ndarray:
    """Return the chance that each is answerable, by a verdict fitted on the other half."""
    chance = np.zeros(len(everything))
    half = np.arange(len(everything)) // 2 % 2
    for own in (0, 1):
        others = [one for one, side in zip(everything, half, strict=True) if side != own]
        judged = [one for one, side in zip(everything, half, strict=True) if side == own]
        model = fit_verdict(others, weight, reads=reads)
        rows = signal_rows(judged, weight)
        chance[half == own] = model.predict_proba(rows if reads else rows[:, :-1])[:, 1]
    return chance


def report(everything: Sequence[Read], weight: float) -> None:
    chances = [cross_fitted(everything, w, reads=w > 0) for w in (0.0, weight)]
    sets = sorted({one.case.of for one in everything})
    for of in sets:
        chosen = [one.case.of == of for one in everything]
        _report_set(of, [o for o, c in zip(everything, chosen, strict=True) if c], weight)
        true = np.array([one.case.answerable for one in everything])[chosen]
        before, after = (roc_auc_score(true, chance[chosen]) for chance in chances)
        print(f"answerable or not, AUC  {before:.3f} -> {after:.3f}")
        report_thresholds(chances[1][chosen], true)


def _report_set(of: str, members: Sequence[Read], weight: float) -> None:
    asked = [one for one in members if one.case.answerable]
    print(f"\n{of}: {len(asked)} questions with an answer, {len(members) - len(asked)} without")
    for k in (1, 3):
        before = np.array([one.hit(0.0, k) for one in asked], dtype=float)
        after = np.array([one.hit(weight, k) for one in asked], dtype=float)
        print(f"hit@{k}  {interval(before)} -> {interval(after)}, gain {interval(after - before)}")


def fitted(everything: Sequence[Read], weight: float) -> Mapping[str, object]:
    """Return the numbers of `weights.json` with the reader, those without it kept."""
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    model = fit_verdict(everything, weight)
    own = {
        "about": ABOUT,
        "scoring": stored["without_reader"]["scoring"] | {"reading": round(weight, 3)},
        "verdict": verdict_numbers(model),
        "thresholds": stored["with_reader"]["thresholds"],
    }
    return stored | {"with_reader": own}


def main() -> None:
    options = fitting_options(__doc__)
    model = replace(shipped_model(), reader=shipped_reader())
    everything = [read(one, model) for one in all_cases(options.devdata, options.index)]
    weight = fit_weight(everything)
    print(f"weight of the reading: {weight:.2f}")
    report(everything, weight)
    write_if_asked(fitted(everything, weight), write=options.write)


if __name__ == "__main__":
    main()
