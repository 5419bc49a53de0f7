"""What leaves the program as a file: conversations, references, tables. Pure functions.

```
answers -> references.py (numbered) -> outline.py -> markdown.py, docx.py, plain.py
                                    -> bibtex.py, ris.py, tables.py
```

All of it is text that others wrote, so each format has its own way of keeping it text.
"""
