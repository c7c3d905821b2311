"""A real Chromium that opens a page by a link with a text fragment and tells which of its letters are marked.

There is no way to ask a page what its fragment found, on purpose (it would tell the page what its reader looks for):
no selection, no event, no selector. What can be had is what a person sees. So `::target-text` is painted in one colour,
the window photographed, and the colour looked up at the middle of every letter.
"""

import base64
import shutil
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from playwright.async_api import Page

CHROMIUM = shutil.which("chromium")
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"

_STYLE = """
    * { font-size: 10px !important; line-height: 1.6 !important; }
    ::target-text { background: rgb(255, 0, 255); color: rgb(255, 0, 255) }
"""
_LETTERS = """apart => {
    const letters = [], xs = [], ys = [], own = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode, inside = node.parentElement;
        if (inside.closest('script, style, noscript, template, title')) continue;
        const text = inside.closest(apart) === null;
        let at = 0;
        for (const letter of node.data) {
            const range = document.createRange();
            range.setStart(node, at);
            at += letter.length;
            range.setEnd(node, at);
            if (/\\s/.test(letter)) continue;
            const box = range.getClientRects()[0];
            letters.push(letter);
            own.push(text);
            xs.push(box && box.width >= 1 ? box.x + window.scrollX + box.width / 2 : -1);
            ys.push(box ? box.y + window.scrollY + box.height / 2 : -1);
        }
    }
    return {letters, xs, ys, own};
}"""
_MARKED = """async ({picture, xs, ys}) => {
    const image = await createImageBitmap(await (await fetch('data:image/png;base64,' + picture)).blob());
    const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
    canvas.drawImage(image, 0, 0);
    const dots = canvas.getImageData(0, 0, image.width, image.height).data;
    return xs.map((x, i) => {
        if (x < 0) return null;
        const at = 4 * (Math.floor(ys[i]) * image.width + Math.floor(x));
        return dots[at] === 255 && dots[at + 1] === 0 && dots[at + 2] === 255;
    });
}"""


@dataclass(frozen=True, slots=True)
class Letter:
    """One visible character that is no blank. `own` is False in a part set apart (a menu, a footnote's mark);
    `marked` is None where it takes no room of its own (an accent set upon another letter)."""

    letter: str
    own: bool
    marked: bool | None


class Reader:
    """Opens pages, one at a time."""

    def __init__(self, base: str, pages: dict[str, str], page: "Page", easel: "Page") -> None:
        self._base = base
        self._pages = pages
        self._page = page
        self._easel = easel
        self._opened = 0

    def serve(self, html: str) -> str:
        """The address at which the page can be had from now on, by the name that it is given."""
        name = f"/{len(self._pages)}"
        self._pages[name] = html.replace("</head>", f"<link rel=icon href=data:,><style>{_STYLE}</style></head>", 1)
        return self._base + name

    async def letters(self, link: str, apart: str) -> list[Letter]:
        """All letters of the page in its order, after it was opened by the link; `apart` selects what is no text."""
        self._opened += 1  # a fragment is looked for when a page is loaded, and only then: each link is another page
        await self._page.goto(link.replace("#", f"?{self._opened}#", 1))
        found = await self._page.evaluate(_LETTERS, apart)
        picture = base64.b64encode(await self._page.screenshot(full_page=True)).decode()
        marked = await self._easel.evaluate(_MARKED, {"picture": picture, "xs": found["xs"], "ys": found["ys"]})
        told = zip(found["letters"], found["own"], marked, strict=True)
        return [Letter(letter, own, mark) for letter, own, mark in told if letter not in INVISIBLE]


@asynccontextmanager
async def reading() -> AsyncGenerator[Reader]:
    """Chromium in front of a server of this process."""
    from playwright.async_api import async_playwright  # here: without it these tests are skipped, and no others

    pages: dict[str, str] = {}

    async def answer(request: web.Request) -> web.Response:
        return web.Response(text=pages[request.path], content_type="text/html", charset="utf-8")

    app = web.Application()
    app.router.add_get("/{name}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            page, easel = await browser.new_page(viewport={"width": 900, "height": 600}), await browser.new_page()
            yield Reader(f"http://127.0.0.1:{runner.addresses[0][1]}", pages, page, easel)
        finally:
            await browser.close()
            await runner.cleanup()
