"""Figures by arm: read from tables and sentences, set side by side, held against each other."""
