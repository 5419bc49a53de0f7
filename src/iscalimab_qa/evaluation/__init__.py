"""A number for every promise: questions, systems, measures, report, gate.

    questions -> systems answer them -> outcomes -> measures -> table, page, gate, comparison

`questions` are labelled by spans of the sources; `systems` are ours, its ablations and the
alternatives; `outcomes` is what each said; `measures` are pure functions of a question and an
outcome; `experiment` runs and keeps; `summary` averages with intervals; `report` shows.
"""
