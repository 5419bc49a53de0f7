"""The chat: the conversation left, its evidence right.

```
question -> conversation.py -> Turn -> messages.py, cards.py -> HTML -> page.py -> serve.py
```

Values become HTML in pure functions; only `page` and `serve` know Gradio.
"""
