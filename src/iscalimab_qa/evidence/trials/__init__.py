"""The library's trials: their names, their facts, and how they ended."""
