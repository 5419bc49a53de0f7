"""Answers that are lists: a library's trials, diseases, drugs and sources, one item a claim."""

from iscalimab_qa.answering.listing.telling import listed

__all__ = ["listed"]
