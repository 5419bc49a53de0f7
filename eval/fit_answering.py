"""Fit the extractive answerer's numbers on COVID-QA and write them as data.

    python eval/fit_answering.py DEVDATA [--write]

DEVDATA is the folder that holds `articles/` and `questions.jsonl`. The articles are indexed
once (in --index). Each question is asked of a third of the articles, as a small library
would be: once with the article that answers it, once without, when it has no answer there.
What is printed is measured on articles that were not fitted on; what is written is fitted
on all of them.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
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
from iscalimab_qa.sources.normalise import clean_text

FOLDS = 3
L2 = 1e-3
"""Ridge on the scoring weights: weak, there are six of them and a thousand questions."""

WEIGHTS = Path(__file__).parents[1] / "src/iscalimab_qa/answering/weights.json"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the article that answers it, and the spans that do."""

    question: Question
    article: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A question asked of a library: its candidates' features and which of them are right."""

    fold: int
    answerable: bool
    question: Question
    terms: Terms
    passages: Sequence[Retrieved]
    features: np.ndarray
    right: np.ndarray
    known: frozenset[str]


def read_questions(path: Path) -> list[Asked]:
    """Read COVID-QA's questions."""
    lines = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [
        Asked(
            analyse(line["question"]),
            line["source_id"],
            tuple((answer["start"], answer["end"]) for answer in line["answers"]),
        )
        for line in lines
    ]


def cases(pipeline: Pipeline, asked: Sequence[Asked], articles: dict[str, str]) -> Iterator[Case]:
    """Ask each question of its third of the articles, with and without the answering one."""
    fold_of = {article: i % FOLDS for i, article in enumerate(sorted(articles))}
    texts = {article: pipeline.view.source(article).text for article in articles}
    tokens = {article: token_set(text) for article, text in texts.items()}
    for one in asked:
        fold = fold_of[one.article]
        library = {article for article, other in fold_of.items() if other == fold}
        found = [located(texts[one.article], articles[one.article], *span) for span in one.spans]
        answers = [span for span in found if span]
        for sources in (library, library - {one.article}):
            known = frozenset().union(*(tokens[article] for article in sources))
            yield case(pipeline, one, frozenset(sources), fold, answers, known)


def case(
    pipeline: Pipeline,
    one: Asked,
    sources: frozenset[str],
    fold: int,
    answers: Sequence[tuple[int, int]],
    known: frozenset[str],
) -> Case:
    passages = pipeline.retrieve(one.question.text, filters=Filters(sources=sources))
    terms = pipeline.terms(one.question)
    zero = dict.fromkeys(Features._fields, 0.0)
    candidates = evidence(scored_units(one.question, terms, passages, zero))
    candidates = about_the_named(one.question, candidates, pipeline.view)
    right = [
        candidate.unit.source_id == one.article
        and any(start < candidate.unit.end and candidate.unit.start < end for start, end in answers)
        for candidate in candidates
    ]
    return Case(
        fold=fold,
        answerable=one.article in sources,
        question=one.question,
        terms=terms,
        passages=passages,
        features=np.array([candidate.features for candidate in candidates]).reshape(
            len(candidates), len(Features._fields)
        ),
        right=np.array(right, dtype=bool),
        known=known & terms.weights.keys(),
    )


def evidence(candidates: Sequence[Candidate]) -> list[Candidate]:
    return [each for each in candidates if each.unit.kind in {"sentence", "row"}]


def located(text: str, article: str, start: int, end: int) -> tuple[int, int] | None:
    """Find an answer in the text as read: the same words, nearest to where they stood."""
    words = " ".join(clean_text(article[start:end]).split())
    expected = start * len(text) / len(article)
    places = [match.start() for match in re.finditer(re.escape(words), text)] if words else []
    if not places:
        return None
    place = min(places, key=lambda found: abs(found - expected))
    return place, place + len(words)


def fit_scoring(train: Sequence[Case]) -> np.ndarray:
    """Maximise the probability that a right unit comes first (softmax over candidates)."""
    usable = [(c.features, c.right) for c in train if c.right.any()]

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        value, slope = L2 * weights @ weights, 2 * L2 * weights
        for features, right in usable:
            scores = features @ weights
            chance = np.exp(scores - scores.max())
            chance /= chance.sum()
            inside = chance[right].sum()
            value -= np.log(inside + 1e-12) / len(usable)
            wanted = chance[right] @ features[right] / inside
            slope -= (wanted - chance @ features) / len(usable)
        return value, slope

    start = np.zeros(len(Features._fields))
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B").x)


def hits(test: Sequence[Case], weights: np.ndarray, k: int) -> np.ndarray:
    """Whether one of the k best units is right, a value a question."""
    return np.array(
        [c.right[np.argsort(-(c.features @ weights), kind="stable")[:k]].any() for c in test]
    )


def signal_rows(tested: Sequence[Case], weights: np.ndarray) -> np.ndarray:
    named = dict(zip(Features._fields, weights, strict=True))
    rows = []
    for c in tested:
        candidates = evidence(scored_units(c.question, c.terms, c.passages, named))
        blank = Signals(0, 0, 0, 0, 0, 1)
        rows.append(signals(candidates, c.terms, c.known) if candidates else blank)
    return np.array(rows)


def interval(values: np.ndarray) -> str:
    """Mean with its 95 % bootstrap interval."""
    random = np.random.default_rng(0)
    means = [random.choice(values, len(values)).mean() for _ in range(2000)]
    low, high = np.percentile(means, [2.5, 97.5])
    return f"{values.mean():.3f} [{low:.3f}, {high:.3f}]"


def fit_verdict(rows: np.ndarray, answerable: np.ndarray) -> LogisticRegression:
    return LogisticRegression(C=10.0, max_iter=5000).fit(rows, answerable)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("devdata", type=Path)
    parser.add_argument("--index", type=Path, default=Path("build/devdata-index"))
    parser.add_argument("--write", action="store_true", help="write weights.json")
    options = parser.parse_args()

    folder = options.devdata / "articles"
    settings = load_settings(corpus=(folder,), index=options.index)
    recipe = recipe_of(settings)
    update_index(options.index, [Corpus(folder, str(folder), writable=False)], recipe)
    pipeline = Pipeline(settings, recipe, open_generation(options.index))
    articles = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.txt")}
    everything = list(
        cases(pipeline, read_questions(options.devdata / "questions.jsonl"), articles)
    )

    answered = [c for c in everything if c.answerable]
    first, third, reachable, chances, truth = [], [], [], [], []
    for fold in range(FOLDS):
        train = [c for c in everything if c.fold != fold]
        test = [c for c in everything if c.fold == fold]
        weights = fit_scoring([c for c in train if c.answerable])
        held_out = [c for c in test if c.answerable]
        first.append(hits(held_out, weights, 1))
        third.append(hits(held_out, weights, 3))
        reachable.append(np.array([c.right.any() for c in held_out]))
        rows, labels = signal_rows(train, weights), np.array([c.answerable for c in train])
        model = fit_verdict(rows, labels)
        chances.append(model.predict_proba(signal_rows(test, weights))[:, 1])
        truth.append(np.array([c.answerable for c in test]))
    chance, true = np.concatenate(chances), np.concatenate(truth)
    print(f"questions                    {len(answered)}, each also asked without its article")
    print(f"right unit among candidates  {interval(np.concatenate(reachable))}")
    print(f"hit@1                        {interval(np.concatenate(first))}")
    print(f"hit@3                        {interval(np.concatenate(third))}")
    print(f"answerable or not, AUC       {roc_auc_score(true, chance):.3f}")
    for threshold in np.arange(0.2, 0.85, 0.05):
        said = chance >= threshold
        precision = true[said].mean() if said.any() else 1.0
        missed, refused = (~said & true).sum() / true.sum(), (~said & ~true).sum() / (~true).sum()
        print(
            f"  answered from {threshold:.2f}: precision {precision:.3f}, "
            f"answerable ones refused {missed:.3f}, unanswerable ones refused {refused:.3f}"
        )

    weights = fit_scoring(answered)
    rows = signal_rows(everything, weights)
    model = fit_verdict(rows, np.array([c.answerable for c in everything]))
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    stored["about"] = (
        "Fitted by eval/fit_answering.py on COVID-QA (1,146 questions, 98 articles, thirds of "
        "the articles as libraries); the thresholds are set by hand from what it prints."
    )
    stored["scoring"] = dict(zip(Features._fields, weights.round(3).tolist(), strict=True))
    stored["verdict"] = {
        "bias": round(float(model.intercept_[0]), 3),
        **dict(zip(Signals._fields, model.coef_[0].round(3).tolist(), strict=True)),
    }
    print(json.dumps(stored, indent=2))
    if options.write:
        WEIGHTS.write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
