"""The page: its header and its tabs.

Stable ids: `#question` (the box), `#conversation` (one `[data-testid=bot]` message an
answer), `#evidence` (a `.card` a citation), `#notices`, `#library`, `#upload`, `#trials`.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

import gradio as gr

from iscalimab_qa.web.ask_view import ask_tab
from iscalimab_qa.web.check_view import check_tab
from iscalimab_qa.web.header import TITLE, header_html, standing, with_programme
from iscalimab_qa.web.html_part import html_part
from iscalimab_qa.web.library_view import library_tab
from iscalimab_qa.web.listeners import MAX_WAITING, PRIVATE
from iscalimab_qa.web.trials_view import trials_tab

if TYPE_CHECKING:
    from gradio.components.chatbot import ExampleMessage

    from iscalimab_qa.assistant import Assistant
    from iscalimab_qa.web.access import Access
    from iscalimab_qa.web.background import Background
    from iscalimab_qa.web.examples import Example

LOOK_S = 0.1
"""How often a page that waits looks whether the library is warm."""

UPLOADS_KEPT_S = 3_600
"""What was uploaded and never added, or offered for saving, is gone an hour later."""


def build_page(assistant: Assistant, access: Access, background: Background) -> gr.Blocks:
    """Lay out the page and connect it with an assistant, whom every visitor asks.

    Args:
        assistant: Whom every visitor asks.
        access: Who of them may change the library.
        background: Says when the library is warm, and finds questions to begin with.

    Returns:
        The page, its queue bounded, ready for `launch(**appearance())`.
    """
    page = gr.Blocks(
        title=TITLE, analytics_enabled=False, fill_width=True, delete_cache=(UPLOADS_KEPT_S,) * 2
    )
    with page:
        header = html_part(header_html(standing(assistant)), "masthead")
        with gr.Tabs(elem_id="tabs") as tabs:
            with gr.Tab("Ask", id="ask"):
                ask = ask_tab(page, assistant)
            with gr.Tab("Trials", id="trials-tab") as trials:
                trials_tab(assistant, trials, tabs, ask.question)
            with gr.Tab("Check a text", id="check-tab"):
                check_tab(assistant)
            with gr.Tab("Library", id="library"):
                library = library_tab(page, assistant, access)
        library.report.change(
            lambda: header_html(with_programme(assistant)), None, header, **PRIVATE
        )
        waiting = {**PRIVATE, "concurrency_limit": None}  # a visitor who waits keeps nobody out
        page.load(_greeting(assistant, background), None, [header, ask.conversation], **waiting)
    page.queue(api_open=False, max_size=MAX_WAITING)
    return page


def _greeting(assistant: Assistant, background: Background) -> Any:
    """Return the listener that shows header and first questions as soon as they are there."""

    async def greet() -> AsyncIterator[tuple[Any, Any]]:
        if not background.is_warm:
            yield header_html(standing(assistant)._replace(is_warm=False)), gr.skip()
        while not background.is_warm:
            await asyncio.sleep(LOOK_S)
        yield header_html(await asyncio.to_thread(with_programme, assistant)), gr.skip()
        found = await asyncio.to_thread(background.examples)
        yield gr.skip(), gr.Chatbot(examples=[_example(each) for each in found])

    return greet


def _example(example: Example) -> ExampleMessage:
    return {"text": example.question, "display_text": example.shown}
