"""Fit the extractive answerer's numbers on COVID-QA and on an invented library.

    python eval/fit_answering.py DEVDATA [--index DIR] [--write]

Each question of COVID-QA is asked of a third of the articles, as a small library would be:
once with the article that answers it, and once without it, when it has no answer there. The
questions of `eval/fitting` are asked of the whole invented library and, where they have an
answer, also without the sources that hold it. Both sets weigh the same. What is printed is
measured on sources that were not fitted on, over all questions and over those that make sense
without their article (`standing_alone.py`); what is written is fitted on all.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
from devdata import DevData, answers_as_read, read_devdata
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from standing_alone import Articles, stands_alone

from iscalimab_qa.answering.extractive import about_the_named, is_evidence
from iscalimab_qa.answering.pipeline import Pipeline
from iscalimab_qa.answering.question import Question, analyse
from iscalimab_qa.answering.scoring import Candidate, Features, Retrieved, scored_units
from iscalimab_qa.answering.terms import Terms, token_set
from iscalimab_qa.answering.verdict import Signals, signals
from iscalimab_qa.evaluation.outcomes import Place
from iscalimab_qa.evaluation.questions import LabelledQuestion, read_questions
from iscalimab_qa.evaluation.spans import Labels
from iscalimab_qa.index.corpora import Corpus
from iscalimab_qa.index.generation import open_generation
from iscalimab_qa.index.recipe import recipe_of
from iscalimab_qa.index.update import update_index
from iscalimab_qa.retrieval import Filters
from iscalimab_qa.settings import load_settings
from iscalimab_qa.sources.values import Source

FOLDS = 3
L2 = 1e-5
"""Ridge on the scoring weights: weak, there are nine of them and a thousand questions."""

INVERSE_L2 = 10.0
"""The same for the verdict, as scikit-learn counts it."""

DRAWS = 2000
"""Bootstrap draws: the ends of an interval then move by less than its last digit."""

BY_HAND = ("tells", "aside")
"""Weights that are kept as they are: neither set asks enough of the broad questions they serve."""

NOTHING_FOUND = Signals(0, 0, 0, 0, 0, 1, 0, 1, 0)

THRESHOLDS = np.arange(0.2, 0.85, 0.05)
FITTING = Path(__file__).parent / "fitting"
WEIGHTS = Path(__file__).parents[1] / "src/iscalimab_qa/answering/weights.json"
ABOUT = (
    "Fitted by eval/fit_answering.py on COVID-QA (1,146 questions, 98 articles, thirds of the "
    "articles as libraries) and on the invented library of eval/fitting, in equal shares; "
    "`tells`, `aside` and the thresholds are set by hand from what it prints."
)


@dataclass(frozen=True, slots=True)
class Case:
    """A question asked of a library.

    `of` names the set that it comes from, `alone` says whether it makes sense without its
    article. `features` has a row a candidate, `right` says which of them overlap the answer at
    one of the `places`, `known` holds the question's tokens that stand anywhere in the library.
    """

    of: str
    alone: bool
    fold: int
    answerable: bool
    question: Question
    terms: Terms
    passages: Sequence[Retrieved]
    places: Sequence[Place]
    candidates: Sequence[Candidate]
    features: np.ndarray
    right: np.ndarray
    known: frozenset[str]


class Library(NamedTuple):
    """The sources that a question is asked of, and all their tokens."""

    sources: frozenset[str]
    tokens: frozenset[str]


def covid_cases(pipeline: Pipeline, data: DevData) -> Iterator[Case]:
    """Ask each question of its third of the articles, with and without the answering one."""
    sources = {name: pipeline.view.source(name) for name in data.articles}
    folds = {name: i % FOLDS for i, name in enumerate(sorted(sources))}
    articles = Articles.of(source.text for source in sources.values())
    for asked in data.questions:
        fold = folds[asked.article]
        third = frozenset(name for name, other in folds.items() if other == fold)
        places = [Place(asked.article, *span) for span in answers_as_read(asked, data, sources)]
        for names in (third, third - {asked.article}):
            library = library_of(names, sources)
            answerable = asked.article in names
            made = case("COVID-QA", pipeline, asked.text, library, fold, places, answerable)
            yield replace(made, alone=stands_alone(asked.text, articles))


def invented_cases(pipeline: Pipeline, questions: Sequence[LabelledQuestion]) -> Iterator[Case]:
    """Ask each question of the whole library, and without the sources of its answer."""
    ids = [record.source_id for record in pipeline.generation.sources()]
    sources = {name: pipeline.view.source(name) for name in ids}
    folds = {name: i % FOLDS for i, name in enumerate(ids)}
    for number, asked in enumerate(questions):
        labels = Labels(asked, sources.__getitem__)
        places = [place for need in labels.needs for place in need]
        fold = folds[places[0].source_id] if places else number % FOLDS
        everything, holding = frozenset(ids), {place.source_id for place in labels.fair}
        for names in (everything, everything - holding) if places else (everything,):
            library = library_of(names, sources)
            answerable = bool(places) and names == everything
            yield case("invented", pipeline, asked.question, library, fold, places, answerable)


def library_of(names: frozenset[str], sources: Mapping[str, Source]) -> Library:
    return Library(names, _tokens_of(names, sources))


_of_library: dict[frozenset[str], frozenset[str]] = {}


def _tokens_of(names: frozenset[str], sources: Mapping[str, Source]) -> frozenset[str]:
    if names not in _of_library:
        texts = (token_set(sources[name].text) for name in names)
        _of_library[names] = frozenset().union(*texts)
    return _of_library[names]


def case(
    of: str,
    pipeline: Pipeline,
    text: str,
    library: Library,
    fold: int,
    places: Sequence[Place],
    answerable: bool,
) -> Case:
    text = pipeline.speller.mended(text).text
    question = analyse(text)
    terms = pipeline.terms(question)
    passages = pipeline.retrieve(text, filters=Filters(sources=library.sources))
    unweighed = dict.fromkeys(Features._fields, 0.0)
    candidates = evidence(question, scored_units(question, terms, passages, unweighed))
    candidates = about_the_named(question, candidates, pipeline.view)
    features = np.array([candidate.features for candidate in candidates])
    return Case(
        of=of,
        alone=True,
        fold=fold,
        answerable=answerable,
        question=question,
        terms=terms,
        passages=passages,
        places=places,
        candidates=candidates,
        features=features.reshape(len(candidates), len(Features._fields)),
        right=np.array([is_right(each, places) for each in candidates], dtype=bool),
        known=library.tokens & terms.weights.keys(),
    )


def evidence(question: Question, candidates: Sequence[Candidate]) -> list[Candidate]:
    return [each for each in candidates if is_evidence(question, each.unit)]


def is_right(candidate: Candidate, places: Sequence[Place]) -> bool:
    unit = candidate.unit
    own = Place(unit.source_id, unit.start, unit.end)
    return any(
        place.source_id == own.source_id and place.start < own.end and own.start < place.end
        for place in places
    )


def fit_scoring(train: Sequence[Case]) -> np.ndarray:
    """Maximise the probability that a right unit comes first (softmax over candidates)."""
    usable = [one for one in train if one.right.any()]
    shares = weights_of(usable)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        value, slope = L2 * weights @ weights, 2 * L2 * weights
        for one, share in zip(usable, shares, strict=True):
            features, right = one.features, one.right
            scores = features @ weights
            chance = np.exp(scores - scores.max())
            chance /= chance.sum()
            inside = chance[right].sum()
            value -= share * np.log(inside + 1e-12)
            slope -= share * (chance[right] @ features[right] / inside - chance @ features)
        return value, slope

    start = np.zeros(len(Features._fields))
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B").x)


def weights_of(chosen: Sequence[Case]) -> np.ndarray:
    """Weigh cases so that each set weighs the same, 1 in all."""
    counts = Counter(one.of for one in chosen)
    return np.array([1 / (len(counts) * counts[one.of]) for one in chosen])


def hits(test: Sequence[Case], weights: np.ndarray, k: int) -> np.ndarray:
    """Whether one of the k best units is right, a value a question."""
    ranked = (np.argsort(-(one.features @ weights), kind="stable") for one in test)
    return np.array([one.right[best[:k]].any() for one, best in zip(test, ranked, strict=True)])


def signal_rows(tested: Sequence[Case], weights: np.ndarray) -> np.ndarray:
    named = dict(zip(Features._fields, weights, strict=True))
    scored = (
        evidence(c.question, scored_units(c.question, c.terms, c.passages, named)) for c in tested
    )
    return np.array(
        [
            signals(one.question, candidates, one.terms, one.known) if candidates else NOTHING_FOUND
            for one, candidates in zip(tested, scored, strict=True)
        ]
    )


def fit_verdict(train: Sequence[Case], weights: np.ndarray) -> LogisticRegression:
    answerable = np.array([one.answerable for one in train])
    model = LogisticRegression(C=INVERSE_L2, max_iter=5000)
    return model.fit(
        signal_rows(train, weights), answerable, sample_weight=len(train) * weights_of(train)
    )


class HeldOut(NamedTuple):
    """What was measured on one fold by numbers fitted on the others, a value a case.

    `reachable`, `first` and `third` are of the answerable `asked`, `chance` of all `tested`.
    """

    asked: Sequence[Case]
    tested: Sequence[Case]
    reachable: np.ndarray
    first: np.ndarray
    third: np.ndarray
    chance: np.ndarray

    def only(self, wanted: Callable[[Case], bool]) -> HeldOut:
        """Keep some cases."""
        asked = np.array([wanted(one) for one in self.asked], dtype=bool)
        tested = np.array([wanted(one) for one in self.tested], dtype=bool)
        return HeldOut(
            [one for one in self.asked if wanted(one)],
            [one for one in self.tested if wanted(one)],
            *(values[asked] for values in self[2:5]),
            self.chance[tested],
        )


def held_out(everything: Sequence[Case], fold: int) -> HeldOut:
    train = [one for one in everything if one.fold != fold]
    test = [one for one in everything if one.fold == fold]
    weights = fit_scoring([one for one in train if one.answerable])
    asked = [one for one in test if one.answerable]
    return HeldOut(
        asked=asked,
        tested=test,
        reachable=np.array([one.right.any() for one in asked]),
        first=hits(asked, weights, 1),
        third=hits(asked, weights, 3),
        chance=fit_verdict(train, weights).predict_proba(signal_rows(test, weights))[:, 1],
    )


def interval(values: np.ndarray) -> str:
    """Mean with its 95 % bootstrap interval over questions."""
    random = np.random.default_rng(0)
    means = [random.choice(values, len(values)).mean() for _ in range(DRAWS)]
    low, high = np.percentile(means, [2.5, 97.5])
    return f"{values.mean():.3f} ({low:.3f} to {high:.3f})"


def report(of: str, folds: Sequence[HeldOut]) -> None:
    reachable, first, third, chance = (
        np.concatenate([fold[field] for fold in folds]) for field in range(2, 6)
    )
    true = np.array([one.answerable for fold in folds for one in fold.tested])
    print(f"\n{of}: {true.sum()} questions with an answer, {(~true).sum()} without")
    print(f"right unit among candidates  {interval(reachable)}")
    print(f"hit@1                        {interval(first)}")
    print(f"hit@3                        {interval(third)}")
    print(f"answerable or not, AUC       {roc_auc_score(true, chance):.3f}")
    report_thresholds(chance, true)


def report_thresholds(chance: np.ndarray, true: np.ndarray) -> None:
    """Print what each threshold would let through: chances, and whether each is answerable."""
    print("from    precision  answerable refused  unanswerable refused")
    for threshold in THRESHOLDS:
        said = chance >= threshold
        print(
            f"{threshold:.2f}    {true[said].mean():9.3f}  {(~said)[true].mean():18.3f}"
            f"  {(~said)[~true].mean():20.3f}"
        )


def fitted_on_all(everything: Sequence[Case]) -> dict[str, object]:
    weights = fit_scoring([one for one in everything if one.answerable])
    model = fit_verdict(everything, weights)
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    before = stored["without_reader"]
    kept = {name: before["scoring"][name] for name in BY_HAND}
    fitted = {
        "about": ABOUT,
        "scoring": dict(zip(Features._fields, weights.round(3).tolist(), strict=True)) | kept,
        "verdict": verdict_numbers(model),
        "thresholds": before["thresholds"],
    }
    return stored | {"without_reader": fitted}


def verdict_numbers(model: LogisticRegression) -> dict[str, float]:
    """Return a fitted verdict as `weights.json` holds it."""
    weights = dict(zip(Signals._fields, model.coef_[0].round(3).tolist(), strict=True))
    return {"bias": round(float(model.intercept_[0]), 3), **weights}


def write_if_asked(numbers: Mapping[str, object], *, write: bool) -> None:
    """Print what `weights.json` would hold, and write it where that was asked for."""
    text = json.dumps(numbers, indent=2) + "\n"
    print(text)
    if write:
        WEIGHTS.write_text(text, encoding="utf-8")


def fitting_options(description: str | None) -> argparse.Namespace:
    """Read the command line that the scripts which fit have in common."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("devdata", type=Path)
    parser.add_argument("--index", type=Path, default=Path("build/devdata-index"))
    parser.add_argument("--write", action="store_true", help="write weights.json")
    return parser.parse_args()


REPORTED: Mapping[str, Callable[[Case], bool]] = {
    "COVID-QA": lambda one: one.of == "COVID-QA",
    "COVID-QA, standing alone": lambda one: one.of == "COVID-QA" and one.alone,
    "invented": lambda one: one.of == "invented",
}


def open_pipeline(articles: Path, index: Path) -> Pipeline:
    settings = load_settings(corpus=(articles,), index=index)
    recipe = recipe_of(settings)
    update_index(index, [Corpus(articles, str(articles), writable=False)], recipe)
    return Pipeline(settings, recipe, open_generation(index))


def main() -> None:
    options = fitting_options(__doc__)
    pipeline = open_pipeline(options.devdata / "articles", options.index)
    everything = list(covid_cases(pipeline, read_devdata(options.devdata)))
    invented = open_pipeline(FITTING / "corpus", options.index.with_name("fitting-index"))
    everything += invented_cases(invented, read_questions(FITTING / "questions.jsonl"))
    folds = [held_out(everything, fold) for fold in range(FOLDS)]
    for of, wanted in REPORTED.items():
        report(of, [fold.only(wanted) for fold in folds])
    write_if_asked(fitted_on_all(everything), write=options.write)


if __name__ == "__main__":
    main()
