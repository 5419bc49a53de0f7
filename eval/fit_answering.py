"""Fit the extractive answerer's numbers on COVID-QA and write them as data.

    python eval/fit_answering.py DEVDATA [--index DIR] [--write]

Each question is asked of a third of the articles, as a small library would be: once with
the article that answers it, and once without it, when it has no answer there. What is
printed is measured on articles that were not fitted on; what is written is fitted on all.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from devdata import Asked, DevData, Span, answers_as_read, read_devdata
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from iscalimab_qa.answering.extractive import about_the_named
from iscalimab_qa.answering.pipeline import Pipeline
from iscalimab_qa.answering.question import Question, analyse
from iscalimab_qa.answering.scoring import Candidate, Features, Retrieved, scored_units
from iscalimab_qa.answering.terms import Terms, token_set
from iscalimab_qa.answering.verdict import Signals, signals
from iscalimab_qa.index.corpora import Corpus
from iscalimab_qa.index.generation import open_generation
from iscalimab_qa.index.recipe import recipe_of
from iscalimab_qa.index.update import update_index
from iscalimab_qa.retrieval import Filters
from iscalimab_qa.settings import load_settings
from iscalimab_qa.sources.values import Source

FOLDS = 3
L2 = 1e-3
"""Ridge on the scoring weights: weak, there are five of them and a thousand questions."""

INVERSE_L2 = 10.0
"""The same for the verdict, as scikit-learn counts it."""

DRAWS = 2000
"""Bootstrap draws: the ends of an interval then move by less than its last digit."""

THRESHOLDS = np.arange(0.2, 0.85, 0.05)
WEIGHTS = Path(__file__).parents[1] / "src/iscalimab_qa/answering/weights.json"
ABOUT = (
    "Fitted by eval/fit_answering.py on COVID-QA (1,146 questions, 98 articles, thirds of the "
    "articles as libraries); the thresholds are set by hand from what it prints."
)


@dataclass(frozen=True, slots=True)
class Case:
    """A question asked of a library.

    `features` has a row a candidate, `right` says which of them overlap the answer, `known`
    holds the question's tokens that stand anywhere in the library.
    """

    fold: int
    answerable: bool
    question: Question
    terms: Terms
    passages: Sequence[Retrieved]
    features: np.ndarray
    right: np.ndarray
    known: frozenset[str]


class Library(NamedTuple):
    """The sources that a question is asked of, and all their tokens."""

    sources: frozenset[str]
    tokens: frozenset[str]


def cases(pipeline: Pipeline, data: DevData) -> Iterator[Case]:
    """Ask each question of its third of the articles, with and without the answering one."""
    sources = {name: pipeline.view.source(name) for name in data.articles}
    folds = {name: i % FOLDS for i, name in enumerate(sorted(sources))}
    for asked in data.questions:
        fold = folds[asked.article]
        third = frozenset(name for name, other in folds.items() if other == fold)
        answers = answers_as_read(asked, data, sources)
        for names in (third, third - {asked.article}):
            yield case(pipeline, asked, library_of(names, sources), fold, answers)


def library_of(names: frozenset[str], sources: Mapping[str, Source]) -> Library:
    return Library(names, frozenset().union(*(token_set(sources[name].text) for name in names)))


def case(
    pipeline: Pipeline, asked: Asked, library: Library, fold: int, answers: Sequence[Span]
) -> Case:
    question = analyse(asked.text)
    terms = pipeline.terms(question)
    passages = pipeline.retrieve(asked.text, filters=Filters(sources=library.sources))
    unweighed = dict.fromkeys(Features._fields, 0.0)
    candidates = evidence(scored_units(question, terms, passages, unweighed))
    candidates = about_the_named(question, candidates, pipeline.view)
    features = np.array([candidate.features for candidate in candidates])
    return Case(
        fold=fold,
        answerable=asked.article in library.sources,
        question=question,
        terms=terms,
        passages=passages,
        features=features.reshape(len(candidates), len(Features._fields)),
        right=np.array([is_right(each, asked.article, answers) for each in candidates], dtype=bool),
        known=library.tokens & terms.weights.keys(),
    )


def evidence(candidates: Sequence[Candidate]) -> list[Candidate]:
    return [each for each in candidates if each.unit.kind in {"sentence", "row"}]


def is_right(candidate: Candidate, article: str, answers: Sequence[Span]) -> bool:
    unit = candidate.unit
    return unit.source_id == article and any(
        start < unit.end and unit.start < end for start, end in answers
    )


def fit_scoring(train: Sequence[Case]) -> np.ndarray:
    """Maximise the probability that a right unit comes first (softmax over candidates)."""
    usable = [(one.features, one.right) for one in train if one.right.any()]

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        value, slope = L2 * weights @ weights, 2 * L2 * weights
        for features, right in usable:
            scores = features @ weights
            chance = np.exp(scores - scores.max())
            chance /= chance.sum()
            inside = chance[right].sum()
            value -= np.log(inside + 1e-12) / len(usable)
            slope -= (chance[right] @ features[right] / inside - chance @ features) / len(usable)
        return value, slope

    start = np.zeros(len(Features._fields))
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B").x)


def hits(test: Sequence[Case], weights: np.ndarray, k: int) -> np.ndarray:
    """Whether one of the k best units is right, a value a question."""
    ranked = (np.argsort(-(one.features @ weights), kind="stable") for one in test)
    return np.array([one.right[best[:k]].any() for one, best in zip(test, ranked, strict=True)])


def signal_rows(tested: Sequence[Case], weights: np.ndarray) -> np.ndarray:
    named = dict(zip(Features._fields, weights, strict=True))
    nothing = Signals(0, 0, 0, 0, 0, 1)
    scored = (evidence(scored_units(c.question, c.terms, c.passages, named)) for c in tested)
    return np.array(
        [
            signals(candidates, one.terms, one.known) if candidates else nothing
            for one, candidates in zip(tested, scored, strict=True)
        ]
    )


def fit_verdict(train: Sequence[Case], weights: np.ndarray) -> LogisticRegression:
    answerable = np.array([one.answerable for one in train])
    model = LogisticRegression(C=INVERSE_L2, max_iter=5000)
    return model.fit(signal_rows(train, weights), answerable)


class HeldOut(NamedTuple):
    """What was measured on one fold by numbers fitted on the others, a value a question."""

    reachable: np.ndarray
    first: np.ndarray
    third: np.ndarray
    chance: np.ndarray
    answerable: np.ndarray


def held_out(everything: Sequence[Case], fold: int) -> HeldOut:
    train = [one for one in everything if one.fold != fold]
    test = [one for one in everything if one.fold == fold]
    weights = fit_scoring([one for one in train if one.answerable])
    asked = [one for one in test if one.answerable]
    return HeldOut(
        reachable=np.array([one.right.any() for one in asked]),
        first=hits(asked, weights, 1),
        third=hits(asked, weights, 3),
        chance=fit_verdict(train, weights).predict_proba(signal_rows(test, weights))[:, 1],
        answerable=np.array([one.answerable for one in test]),
    )


def interval(values: np.ndarray) -> str:
    """Mean with its 95 % bootstrap interval over questions."""
    random = np.random.default_rng(0)
    means = [random.choice(values, len(values)).mean() for _ in range(DRAWS)]
    low, high = np.percentile(means, [2.5, 97.5])
    return f"{values.mean():.3f} ({low:.3f} to {high:.3f})"


def report(folds: Sequence[HeldOut]) -> None:
    whole = HeldOut(*map(np.concatenate, zip(*folds, strict=True)))
    print(f"questions                    {len(whole.first)}, each also without its article")
    print(f"right unit among candidates  {interval(whole.reachable)}")
    print(f"hit@1                        {interval(whole.first)}")
    print(f"hit@3                        {interval(whole.third)}")
    print(f"answerable or not, AUC       {roc_auc_score(whole.answerable, whole.chance):.3f}")
    print("from    precision  answerable refused  unanswerable refused")
    for threshold in THRESHOLDS:
        said, true = whole.chance >= threshold, whole.answerable
        print(
            f"{threshold:.2f}    {true[said].mean():9.3f}  {(~said)[true].mean():18.3f}"
            f"  {(~said)[~true].mean():20.3f}"
        )


def fitted_on_all(everything: Sequence[Case]) -> dict[str, object]:
    weights = fit_scoring([one for one in everything if one.answerable])
    model = fit_verdict(everything, weights)
    verdict = dict(zip(Signals._fields, model.coef_[0].round(3).tolist(), strict=True))
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return {
        "about": ABOUT,
        "scoring": dict(zip(Features._fields, weights.round(3).tolist(), strict=True)),
        "verdict": {"bias": round(float(model.intercept_[0]), 3), **verdict},
        "thresholds": stored["thresholds"],
    }


def open_pipeline(articles: Path, index: Path) -> Pipeline:
    settings = load_settings(corpus=(articles,), index=index)
    recipe = recipe_of(settings)
    update_index(index, [Corpus(articles, str(articles), writable=False)], recipe)
    return Pipeline(settings, recipe, open_generation(index))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("devdata", type=Path)
    parser.add_argument("--index", type=Path, default=Path("build/devdata-index"))
    parser.add_argument("--write", action="store_true", help="write weights.json")
    options = parser.parse_args()
    pipeline = open_pipeline(options.devdata / "articles", options.index)
    everything = list(cases(pipeline, read_devdata(options.devdata)))
    report([held_out(everything, fold) for fold in range(FOLDS)])
    text = json.dumps(fitted_on_all(everything), indent=2) + "\n"
    print(text)
    if options.write:
        WEIGHTS.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
