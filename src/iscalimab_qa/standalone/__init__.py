"""Turn a follow-up into a question that stands alone, by rules and without a model.

A follow-up lacks something that an earlier question of the conversation said: it is a bare
fragment ("and with placebo?"), points back ("was it stopped?"), leaves its subject out ("how
many were enrolled?"), or asks for the reason of what was just asked ("why?"). What it lacks
is taken from the question before, by kind: drug, disease, people, trial, outcome and time are
each replaced only by another of their kind. A question that says all it needs is left as it
is, so that a change of topic is not dragged along.

`controls` names a placebo that is called by other words. `openings` takes off what stands before
the question, `asking_again` handles bare words of asking, `fragments` phrases, `contrasts` those
that say only what differs, `pointers` pronouns, `events` those that stand for what happened and
`measured` "a high one" and "half that dose"; `tables` places a bare name by the library's tables.
`chunks` tells the phrases of a question, `kinds` what they name, `likeness` how well one fits
another's place, `subjects` what it is about.
"""

from iscalimab_qa.standalone.conversation import MAX_TURNS, standalone_question, with_subjects

__all__ = ["MAX_TURNS", "standalone_question", "with_subjects"]
