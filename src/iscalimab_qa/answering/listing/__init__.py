"""Answers that are lists: a library's trials, diseases, drugs and sources, one item a claim."""




