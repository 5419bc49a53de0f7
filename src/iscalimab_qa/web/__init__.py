"""The chat: a tab to ask in, with the evidence beside the answer, and one a view besides.

```
question -> conversation.py -> Turn -> messages.py, cards.py -> HTML
asking.py (what each click does) -> ask_view.py (layout) -> page.py (tabs) -> serve.py
```

Values become HTML in pure functions that are tested without a browser; the `*_view` modules
lay out and listen. `background` warms up and finds examples while the page is up already.
"""
