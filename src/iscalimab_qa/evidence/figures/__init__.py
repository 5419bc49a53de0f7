"""Figures of a text: numbers, units, ratios, dates, and what follows from them."""
