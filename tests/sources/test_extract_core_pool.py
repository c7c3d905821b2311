"""Whatever a file does to the process that reads it, the desk gets a sentence, and the next file is read."""

import asyncio
import os
import signal
import sys
import textwrap
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sources.document import Extract, Heading, Mark, Raw
from sources.errors import NoText, Unreadable
from sources.extract import MAX_BYTES, Extractors, Format

NAUGHTY = Format("naughty", "tests.fakes.naughty_reader", 1, (), ())
PLENTY_SECONDS = 60.0


def always_naughty(location: str, media_type: str, head: bytes) -> Format:
    return NAUGHTY


def raw(content: str | bytes, location: str = "a.txt") -> Raw:
    return Raw(location, content.encode() if isinstance(content, str) else content, "", datetime.now(UTC))


@pytest.fixture
async def naughty() -> AsyncIterator[Extractors]:
    async with Extractors(processes=1, seconds=PLENTY_SECONDS, choose=always_naughty) as extractors:
        yield extractors


async def reads(extractors: Extractors, content: str) -> str:
    (extract,) = await extractors.extract(raw(content))
    return extract.text


async def test_an_extract_comes_back_whole(naughty: Extractors) -> None:
    assert await naughty.extract(raw("text “Señor”")) == [
        Extract("“Señor”", (Mark(0, 7, Heading(1)), Mark(0, 7, Heading(2))), title="T")
    ]


@pytest.mark.parametrize(
    ("deed", "sentence"),
    [
        ("crash", "gave up, as it does over a file that needs more memory"),
        ("leave", "exit code 7"),
        ("bloat", "more memory than it may have"),
        ("fail", "its reader failed .KeyError: 'a mistake'."),
        ("refuse The file is locked.", "^The file is locked.$"),
        ("overflow", "more than 20,000,000 characters"),
        ("multiply", "more than 10,000 documents"),
        ("dirty", "can't be stored"),
    ],
)
async def test_a_bad_file_is_a_sentence_and_the_next_is_read(naughty: Extractors, deed: str, sentence: str) -> None:
    for _ in range(2):  # in a fresh process, and in one that has read files before
        with pytest.raises(Unreadable, match=sentence):
            await naughty.extract(raw(deed))
        assert await reads(naughty, "text fine") == "fine"


async def test_what_failed_is_kept_for_the_log(naughty: Extractors) -> None:
    with pytest.raises(Unreadable) as caught:
        await naughty.extract(raw("fail"))
    assert "naughty_reader.py" in str(caught.value.__cause__)


@pytest.mark.parametrize("deed", ["nothing A scan.", "none"])
async def test_no_text_is_told_from_a_damaged_file(naughty: Extractors, deed: str) -> None:
    with pytest.raises(NoText, match=r"A scan\.|no text"):
        await naughty.extract(raw(deed))


async def test_a_file_that_takes_too_long_is_given_up() -> None:
    async with Extractors(processes=1, seconds=3.0, choose=always_naughty) as extractors:
        with pytest.raises(Unreadable, match="longer than 3 seconds"):
            await extractors.extract(raw("hang"))
        assert await reads(extractors, "text fine") == "fine"


async def test_a_library_that_prints_or_reads_breaks_nothing(naughty: Extractors) -> None:
    assert await reads(naughty, "chatter fine") == "fine"
    assert await reads(naughty, "text fine") == "fine"


async def test_nothing_can_be_written(naughty: Extractors, tmp_path: Path) -> None:
    path = tmp_path / "stolen"
    with pytest.raises(Unreadable, match="File too large"):
        await naughty.extract(raw(f"write {path}"))
    assert not path.exists() or path.stat().st_size == 0


async def test_secrets_stay_outside(naughty: Extractors, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
    names = (await reads(naughty, "environment")).split()
    assert set(names) <= {"LANG", "TZ", "PYTHONUTF8", "PYTHONDONTWRITEBYTECODE", "LD_LIBRARY_PATH", "LC_CTYPE"}


async def test_processes_are_bounded_and_used_again() -> None:
    async with Extractors(processes=2, choose=always_naughty) as extractors:
        readers = await asyncio.gather(*(reads(extractors, "process") for _ in range(12)))
        assert 1 <= len(set(readers)) <= 2
        assert await reads(extractors, "process") in readers


async def test_whoever_asks_meanwhile_goes_before_it(naughty: Extractors) -> None:
    process = int(await reads(naughty, "process"))
    assert os.getpriority(os.PRIO_PROCESS, process) > os.getpriority(os.PRIO_PROCESS, 0)


async def test_one_that_is_cancelled_leaves_no_answer_for_the_next(naughty: Extractors) -> None:
    task = asyncio.create_task(naughty.extract(raw("hang")))
    await asyncio.sleep(1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await reads(naughty, "text fine") == "fine"


async def test_closing_ends_the_processes_also_busy_ones() -> None:
    extractors = Extractors(processes=2, choose=always_naughty)
    process = int(await reads(extractors, "process"))
    busy = asyncio.create_task(extractors.extract(raw("hang")))
    await asyncio.sleep(0.5)
    await extractors.close()
    with pytest.raises((Unreadable, RuntimeError)):
        await busy
    assert not is_running(process)
    with pytest.raises(RuntimeError, match="closed"):
        await extractors.extract(raw("text late"))


async def test_no_process_outlives_a_desk_that_was_killed() -> None:
    script = textwrap.dedent("""
        import asyncio, sys
        from datetime import datetime, UTC
        from sources.document import Raw
        from sources.extract import Extractors, Format
        naughty = Format("naughty", "tests.fakes.naughty_reader", 1, (), ())
        async def main():
            extractors = Extractors(1, choose=lambda *_: naughty)
            (extract,) = await extractors.extract(Raw("a", b"process", "", datetime.now(UTC)))
            print(extract.text, flush=True)
            await asyncio.sleep(600)
        asyncio.run(main())
    """)
    desk = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, stdout=asyncio.subprocess.PIPE, cwd=Path(__file__).parents[2]
    )
    assert desk.stdout
    process = int(await desk.stdout.readline())
    assert is_running(process)
    desk.send_signal(signal.SIGKILL)
    await desk.communicate()
    for _ in range(100):
        if not is_running(process):
            break
        await asyncio.sleep(0.1)
    assert not is_running(process)


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{process}/stat")
    return not (stat.exists() and stat.read_text(encoding="utf-8").split(") ")[1].startswith("Z"))


async def test_what_is_refused_before_reading() -> None:
    async with Extractors() as extractors:
        for content, location, sentence in (
            (b"\0" * (MAX_BYTES + 1), "a.txt", "larger than 64 MB"),
            (b"", "a.txt", "empty"),
            (b"words", "a.xyz", "can't be read"),
            (b"<!DOCTYPE html><p>words", "a.pdf", "called .pdf and is a web page"),
        ):
            with pytest.raises(Unreadable, match=sentence):
                await extractors.extract(raw(content, location))
