"""Compare ways of retrieving on COVID-QA: which article answers, and which passage?

    python eval/retrieval_devdata.py DEVDATA --cache FILE [--choices]

DEVDATA is what `make_beir.py` takes. Vectors are kept in FILE (an .npz), so that only the
first run takes long (some 10,000 texts, ten minutes on two cores). Printed are Markdown
tables: the ways side by side over all questions and, with --choices, what was chosen on one
half of the articles, measured on both.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import bm25s
import numpy as np
import Stemmer
from devdata import DevData, Span, answers_as_read, read_articles, read_devdata
from langchain_text_splitters import RecursiveCharacterTextSplitter
from numpy.typing import NDArray
from ranking_measures import ARTICLE_MEASURES, PASSAGE_MEASURES, interval, values

from iscalimab_qa.encoder import Encoder, encode_in_batches, open_encoder
from iscalimab_qa.lexicon import Lexicon, learn_abbreviations, shipped_aliases, tokenize
from iscalimab_qa.lexicon.ranking import LENGTH_PENALTY, SATURATION, lexical_text
from iscalimab_qa.passages import split_source
from iscalimab_qa.retrieval.fusion import fuse
from iscalimab_qa.retrieval.scoring import lexical_scores
from iscalimab_qa.settings import load_settings
from iscalimab_qa.sources import Source

Matrix = NDArray[np.floating]
"""One row a question, one column a piece or an article."""

HELD = 0.5
"""A piece holds an answer if it has at least this share of the answer's characters."""

BATCH = 256
"""Texts encoded at a time."""


@dataclass(frozen=True)
class Cut:
    """Articles cut into pieces: what is encoded, what is searched by words, where it lies.

    `answers` holds each question's answers as ranges of the text that `spans` refer to.
    """

    encoded: Sequence[str]
    words: Sequence[str]
    owners: Sequence[str]
    spans: Sequence[Span]
    answers: Mapping[str, Sequence[Span]]


class Way(NamedTuple):
    """A way of retrieving: its name, what it ranks, and its scores."""

    name: str
    cut: Cut
    scores: Matrix


class Vectors:
    """Vectors by text, kept in a file."""

    def __init__(self, encoder: Encoder, path: Path) -> None:
        self._encoder = encoder
        self._path = path
        self._known: dict[str, NDArray[np.float32]] = {}
        if path.is_file():
            with np.load(path) as stored:
                self._known = dict(zip(stored["keys"].tolist(), stored["rows"], strict=True))

    def of(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector a text, encoding those that are new."""
        keys = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        if new:
            # Texts of a length together: a batch is as slow as its longest.
            ordered = sorted(new, key=lambda key: len(new[key]))
            batches = encode_in_batches(
                self._encoder.embeddings, [new[key] for key in ordered], size=BATCH
            )
            self._known.update(zip(ordered, np.concatenate(list(batches)), strict=True))
            np.savez(self._path, keys=list(self._known), rows=np.stack(list(self._known.values())))
        return np.stack([self._known[key] for key in keys])


@dataclass(frozen=True)
class Bench:
    """The questions with their vectors, the articles in three cuts, and what scores them."""

    data: DevData
    asked: NDArray[np.float32]
    articles: Cut
    chunks: Cut
    passages: Cut
    titles: Sequence[str]
    vectors: Vectors
    lexicon: Lexicon

    @property
    def questions(self) -> list[str]:
        """The questions' texts."""
        return [asked.text for asked in self.data.questions]

    @property
    def owners(self) -> list[str]:
        """The article that answers each question."""
        return [asked.article for asked in self.data.questions]

    def dense(self, texts: Sequence[str]) -> Matrix:
        """Return the cosines of all questions with some texts."""
        return self.asked @ self.vectors.of(texts).T

    def words(
        self,
        texts: Sequence[str],
        *,
        lexicon: Lexicon | None = None,
        k1: float = SATURATION,
        b: float = LENGTH_PENALTY,
    ) -> Matrix:
        """Score some texts by words as the product does."""
        index = bm25s.BM25(k1=k1, b=b)
        index.index([tokenize(text) for text in texts], show_progress=False)
        names = lexicon or self.lexicon
        expansions = map(names.expand, self.questions)
        return np.stack([lexical_scores(index, one, len(texts)) for one in expansions])

    def stock_words(self, texts: Sequence[str]) -> Matrix:
        """Score some texts by bm25s as its documentation uses it."""

        def cut(lines: Sequence[str]) -> list[list[str]]:
            return bm25s.tokenize(  # type: ignore[no-any-return]
                list(lines),
                stopwords="en",
                stemmer=Stemmer.Stemmer("english"),
                show_progress=False,
                return_ids=False,
            )

        index = bm25s.BM25()
        index.index(cut(texts), show_progress=False)
        empty = np.zeros(len(texts), dtype=np.float32)
        return np.stack([index.get_scores(one) if one else empty for one in cut(self.questions)])


# --- cutting ------------------------------------------------------------------------


def whole_articles(data: DevData) -> Cut:
    """Take each article as one piece, of which the encoder reads the beginning."""
    texts = list(data.articles.values())
    spans = [Span(0, len(text)) for text in texts]
    return Cut(texts, texts, list(data.articles), spans, _stored_answers(data))


def textbook_chunks(data: DevData) -> Cut:
    """Cut as LangChain's tutorials do: 1,000 characters, 200 of them shared."""
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=1000, chunk_overlap=200, add_start_index=True
    )
    chunks = [
        (name, chunk.page_content, int(chunk.metadata["start_index"]))
        for name, text in data.articles.items()
        for chunk in splitter.create_documents([text])
    ]
    texts = [text for _, text, _ in chunks]
    spans = [Span(start, start + len(text)) for _, text, start in chunks]
    return Cut(texts, texts, [name for name, _, _ in chunks], spans, _stored_answers(data))


def own_passages(data: DevData, sources: Mapping[str, Source], encoder: Encoder) -> Cut:
    """Cut as the product does."""
    cut = [
        passage
        for source in sources.values()
        for passage in split_source(
            source, count_tokens=encoder.count_tokens, max_tokens=encoder.max_tokens
        )
    ]
    facts = [passage.document.metadata for passage in cut]
    encoded = [passage.encoded for passage in cut]
    return Cut(
        encoded=encoded,
        words=[
            lexical_text(fact["title"], text) for fact, text in zip(facts, encoded, strict=True)
        ],
        owners=[fact["source_id"] for fact in facts],
        spans=[Span(fact["start"], fact["end"]) for fact in facts],
        answers={asked.id: answers_as_read(asked, data, sources) for asked in data.questions},
    )


def _stored_answers(data: DevData) -> dict[str, Sequence[Span]]:
    return {asked.id: asked.spans for asked in data.questions}


# --- ranking ------------------------------------------------------------------------


def fused(dense: Matrix, lexical: Matrix, weight: float = 0.5) -> Matrix:
    """Fuse two matrices question by question, as the product does."""
    pairs = zip(dense, lexical, strict=True)
    return np.stack([fuse(left, right, dense_weight=weight) for left, right in pairs])


def article_values(scores: Matrix, cut: Cut, data: DevData) -> dict[str, NDArray[np.floating]]:
    """Measure the ranking of articles, each with the score of its best piece."""
    names = list(data.articles)
    owners = np.array(cut.owners)
    best = np.stack([scores[:, owners == name].max(axis=1) for name in names], axis=1)
    relevant = {asked.id: {asked.article: 1} for asked in data.questions}
    return values(ARTICLE_MEASURES, relevant, best, names)


def passage_values(scores: Matrix, cut: Cut, data: DevData) -> dict[str, NDArray[np.floating]]:
    """Measure the ranking of pieces: is one that holds the answer among the first?"""
    names = [f"{row:06d}" for row in range(len(cut.spans))]
    rows: dict[str, list[int]] = {}
    for row, owner in enumerate(cut.owners):
        rows.setdefault(owner, []).append(row)
    relevant = {
        asked.id: {
            names[row]: 1
            for row in rows[asked.article]
            if any(_holds(cut.spans[row], answer) for answer in cut.answers[asked.id])
        }
        for asked in data.questions
    }
    return values(PASSAGE_MEASURES, relevant, scores, names)


def _holds(piece: Span, answer: Span) -> bool:
    shared = min(piece.end, answer.end) - max(piece.start, answer.start)
    return shared >= HELD * (answer.end - answer.start)


# --- the tables ---------------------------------------------------------------------


def ways(bench: Bench) -> Iterator[Way]:
    """Yield the ways that are compared; the first is what the others are measured against."""
    articles, chunks, cut = bench.articles, bench.chunks, bench.passages
    beginning, stock = bench.dense(articles.encoded), bench.stock_words(articles.words)
    yield Way("(b) whole articles, half and half", articles, fused(beginning, stock))
    yield Way("whole articles, BM25 as it comes", articles, stock)
    yield Way("whole articles, dense", articles, beginning)
    yield Way("(a) textbook: chunks, dense", chunks, bench.dense(chunks.encoded))
    dense, words = bench.dense(cut.encoded), bench.words(cut.words)
    yield Way("(c) passages, dense", cut, dense)
    yield Way("(c) passages, BM25", cut, words)
    yield Way("**(d) passages, half and half: the product**", cut, fused(dense, words))


def print_ways(bench: Bench) -> None:
    """Print the ways side by side, each compared with the first."""
    measures = [*ARTICLE_MEASURES, *PASSAGE_MEASURES]
    print(f"| way | {' | '.join(measures)} | nDCG@10 against (b) |")
    print("|---|" + "---|" * (len(measures) + 1))
    first: NDArray[np.floating] | None = None
    for name, cut, scores in ways(bench):
        found = article_values(scores, cut, bench.data)
        if cut is not bench.articles:
            found |= passage_values(scores, cut, bench.data)
        cells = [f"{found[one].mean():.3f}" if one in found else "" for one in measures]
        first = found["nDCG@10"] if first is None else first
        against = _told(found["nDCG@10"] - first, bench.owners)
        print(f"| {name} | {' | '.join(cells)} | {against} |")
    lost = sum(not found for found in bench.passages.answers.values())
    print(f"\nn = {len(bench.owners)}; {lost} answers were not found again in the text as read.")


def choices(bench: Bench) -> Iterator[Way]:
    """Yield the product, and then what else it might have been, one thing changed at a time."""
    cut = bench.passages
    dense, words = bench.dense(cut.encoded), bench.words(cut.words)
    product = fused(dense, words)
    yield Way("the product", cut, product)
    yield Way("k1 1.5, b 0.75", cut, fused(dense, bench.words(cut.words, k1=1.5, b=0.75)))
    yield Way("no other names", cut, fused(dense, bench.words(cut.words, lexicon=Lexicon())))
    pairs = list(zip(bench.titles, cut.encoded, strict=True))
    untitled = [text.removeprefix(title).lstrip(". \n") for title, text in pairs]
    titled = [f"{title}\n{text}" for title, text in zip(bench.titles, untitled, strict=True)]
    yield Way("words do not read the title", cut, fused(dense, bench.words(untitled)))
    yield Way("the encoder does not read the title", cut, fused(bench.dense(untitled), words))
    yield Way("the encoder reads the title", cut, fused(bench.dense(titled), words))
    yield Way("dense weight 0.4", cut, fused(dense, words, 0.4))
    yield Way("dense weight 0.6", cut, fused(dense, words, 0.6))
    article = _article_words(bench)
    for share in (0.1, 0.3):
        name = f"{share:.0%} from the article's BM25"
        yield Way(name, cut, (1 - share) * product + share * article)


def _article_words(bench: Bench) -> Matrix:
    """Return for each passage how well its whole article fits by words, in [0, 1]."""
    texts: dict[str, list[str]] = {name: [] for name in bench.data.articles}
    for owner, text in zip(bench.passages.owners, bench.passages.words, strict=True):
        texts[owner].append(text)
    scores = bench.words(["\n".join(pieces) for pieces in texts.values()])
    column = {name: number for number, name in enumerate(texts)}
    return fused(scores, scores)[:, [column[owner] for owner in bench.passages.owners]]


def print_choices(bench: Bench) -> None:
    """Print each change on the articles that were chosen on, and on the others."""
    names = list(bench.data.articles)
    fitted = np.array([names.index(owner) % 2 == 0 for owner in bench.owners])
    held_out = [owner for owner, seen in zip(bench.owners, fitted, strict=True) if not seen]
    print("| change | nDCG@10: chosen on | held out | passage@5: chosen on | held out | change |")
    print("|---|---|---|---|---|---|")
    first: NDArray[np.floating] | None = None
    for name, cut, scores in choices(bench):
        ranks = article_values(scores, cut, bench.data)["nDCG@10"]
        found = passage_values(scores, cut, bench.data)["passage@5"]
        first = found if first is None else first
        told = [ranks[fitted], ranks[~fitted], found[fitted], found[~fitted]]
        cells = " | ".join(f"{one.mean():.3f}" for one in told)
        print(f"| {name} | {cells} | {_told((found - first)[~fitted], held_out)} |")
    print(f"\nn = {fitted.sum()} chosen on, {(~fitted).sum()} held out.")


def _told(difference: NDArray[np.floating], owners: Sequence[str]) -> str:
    if not difference.any():
        return ""
    low, high = interval(difference, owners)
    return f"{difference.mean():+.3f} ({low:+.3f} to {high:+.3f})"


def prepare(folder: Path, cache: Path) -> Bench:
    """Read, cut and encode everything."""
    data = read_devdata(folder)
    encoder = open_encoder(load_settings())
    sources = read_articles(data, folder)
    vectors = Vectors(encoder, cache)
    cut = own_passages(data, sources, encoder)
    learnt = learn_abbreviations(source.text for source in sources.values())
    return Bench(
        data=data,
        asked=vectors.of([asked.text for asked in data.questions]),
        articles=whole_articles(data),
        chunks=textbook_chunks(data),
        passages=cut,
        titles=[sources[owner].metadata.title for owner in cut.owners],
        vectors=vectors,
        lexicon=Lexicon(shipped_aliases(), learnt),
    )


def main() -> None:
    """Read the arguments and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("devdata", type=Path)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--choices", action="store_true")
    arguments = parser.parse_args()
    bench = prepare(arguments.devdata, arguments.cache)
    print_ways(bench)
    if arguments.choices:
        print()
        print_choices(bench)


if __name__ == "__main__":
    main()
