"""Generations of Chroma and bm25s, derived from the library and published whole.

`update_index` brings the library and the index up to date with the corpus folders;
`open_generation` reads what is published. See `update` and `generation`.
"""
