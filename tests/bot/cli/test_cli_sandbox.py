"""`quotedesk sandbox` and the end of `quotedesk demo`, as processes of their own."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

ADDRESS = re.compile(r"The sandbox is at (http://127\.0\.0\.1:\d+/)")


@contextmanager
def started(home: Path, *arguments: str, **environment: str) -> Generator[subprocess.Popen[str]]:
    settings = {name: value for name, value in os.environ.items() if not name.startswith(("QUOTEDESK_", "SLACK_"))}
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        env={**settings, "QUOTEDESK_HOME": str(home), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    killer = threading.Timer(120, process.kill)
    killer.start()
    try:
        yield process
    finally:
        killer.cancel()
        process.kill()
        process.communicate()


def page_of(process: subprocess.Popen[str]) -> str:
    """The page's address, once the process tells it."""
    assert process.stderr is not None
    said = ""
    for line in process.stderr:
        said += line
        if found := ADDRESS.search(said):
            return found[1]
    raise AssertionError(said)


@pytest.mark.parametrize("command", [("sandbox", "--port", "0"), ("sandbox", "--port", "0", "--socket"), ("demo",)])
def test_it_serves_its_page_until_it_is_told_to_stop(tmp_path: Path, command: tuple[str, ...]) -> None:
    with started(tmp_path / "home", *command) as process:
        with urllib.request.urlopen(page_of(process), timeout=2) as page:
            assert b"not Slack" in page.read()
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
    assert (tmp_path / "home").exists() == (command[0] == "sandbox"), "the demo's home is thrown away"


def test_a_home_that_answers_a_real_slack_is_left_alone(tmp_path: Path) -> None:
    with started(tmp_path / "home", "sandbox", "--port", "0", SLACK_BOT_TOKEN="xoxb-real") as process:
        _, said = process.communicate(timeout=60)
        assert process.returncode == 1
        assert "SLACK_BOT_TOKEN is set" in said
    assert not (tmp_path / "home").exists()


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with started(tmp_path / "home", "sandbox", "--port", str(taken.getsockname()[1])) as process:
            _, said = process.communicate(timeout=60)
            assert process.returncode == 1
            assert said.startswith("quotedesk: The sandbox can't listen on 127.0.0.1:")
