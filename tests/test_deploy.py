"""`deploy/run.sh` on a real Python, without the network, and what the lock files promise."""

import functools
import hashlib
import http.server
import os
import re
import shutil
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "deploy/lock"
_PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^ ;\\]+)[^\n\\]*((?: *\\\n +--hash=sha256:[0-9a-f]{64})*)", re.MULTILINE)


def pins(name: str) -> dict[tuple[str, str], bool]:
    """By package and version: whether hashes stand with it."""
    found = _PIN.findall((LOCK / name).read_text())
    return {(package, version): bool(hashes) for package, version, hashes in found}


def wanted(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[<>=!~ ;]", requirement)[0].lower().replace("_", "-") for requirement in requirements}


@pytest.mark.parametrize("name", ["requirements.txt", "dev.txt", "pip.txt"])
def test_every_locked_package_has_its_hashes_and_no_place_of_its_own(name: str) -> None:
    assert pins(name)
    assert all(pins(name).values())
    assert not re.search(r"^ *(--(?!hash)|-[a-z]|\S+ @ |\.|/)", (LOCK / name).read_text(), re.MULTILINE)


def test_the_locks_hold_what_the_project_asks_for_and_agree() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert wanted(project["project"]["dependencies"]) <= {package for package, _ in pins("requirements.txt")}
    assert wanted(project["dependency-groups"]["dev"]) <= {package for package, _ in pins("dev.txt")}
    assert set(pins("requirements.txt")) <= set(pins("dev.txt"))


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A small checkout in a place with a hard name: the real deploy/, an empty lock, a bot that repeats its words."""
    root = tmp_path / "a newsroom's $HOME"
    shutil.copytree(ROOT / "deploy", root / "deploy")
    (root / "deploy/lock/requirements.txt").write_text("# nothing\n")
    (root / "bot").mkdir()
    (root / "bot/__main__.py").write_text("import sys\nprint(sys.argv[1:])\n")
    return root


def run(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", str(root / "deploy/run.sh"), *arguments],
        cwd="/",
        env={
            "PATH": "/usr/bin:/bin",
            "HOME": "/nonexistent",
            "PYTHON": sys.executable,
            "PIP_NO_INDEX": "1",
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def begun(done: subprocess.CompletedProcess[str]) -> list[str]:
    """The first word of each line."""
    return [line.split()[0] for line in done.stdout.splitlines()]


def test_demo_makes_its_venv_once_and_again_when_it_must(checkout: Path, tmp_path: Path) -> None:
    first = run(checkout, "demo", "--once", "two words")
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout.startswith("Making .venv with Python 3.")
    assert first.stdout.splitlines()[2:] == ["['demo', '--once', 'two words']"]
    assert run(checkout, "demo").stdout == "['demo']\n"

    (tmp_path / "bot").mkdir()
    (tmp_path / "bot/__main__.py").write_text("raise SystemExit('another bot')")
    command = [checkout / ".venv/bin/quotedesk", "status"]
    assert subprocess.check_output(command, cwd=tmp_path, text=True) == "['status']\n"

    lock = checkout / "deploy/lock/requirements.txt"
    lock.write_text("# another lock\n")
    assert begun(run(checkout, "demo")) == ["Installing", "['demo']"]

    checkout = checkout.rename(tmp_path / "moved")
    assert begun(run(checkout, "demo")) == ["Installing", "['demo']"]
    assert str(checkout) in (checkout / ".venv/bin/quotedesk").read_text()

    lock = checkout / "deploy/lock/requirements.txt"
    shutil.copy(LOCK / "pip.txt", lock)  # which can't be had without an index
    failed = run(checkout, "demo")
    assert (failed.returncode != 0, begun(failed)) == (True, ["Installing"])
    assert "pip" in failed.stderr
    lock.write_text("# nothing\n")
    assert "/bin/false" in run(checkout, "demo", PYTHON="/bin/false").stderr, "what was broken off is made anew"

    (checkout / ".venv/unfinished").unlink()
    (checkout / ".venv/bin/python").unlink()
    assert begun(run(checkout, "demo")) == ["Making", "Installing", "['demo']"]


@pytest.mark.parametrize("arguments", [(), ("deploy",), ("--help",)])
def test_anything_else_is_told_how_it_is_used(checkout: Path, arguments: tuple[str, ...]) -> None:
    wrong = run(checkout, *arguments)
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr == "usage: sh deploy/run.sh demo|test|check [arguments]\n"


def test_without_a_fitting_python_it_says_so_in_one_sentence(checkout: Path, tmp_path: Path) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    (tools / "dirname").symlink_to(shutil.which("dirname") or "")
    none = run(checkout, "demo", PATH=str(tools), PYTHON="")
    assert (none.returncode, none.stdout) == (1, "")
    assert none.stderr.startswith("Quotedesk needs Python 3.11 to 3.14")
    assert none.stderr.count("\n") == 1
    wrong = run(checkout, "demo", PYTHON="/bin/false")
    assert (wrong.returncode, wrong.stderr.count("\n")) == (1, 1)
    assert "/bin/false" in wrong.stderr
    assert not (checkout / ".venv").exists()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its name in the library
        """Say nothing."""


@pytest.fixture
def index(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A package index on this machine, and its folder for pip."""
    folder = tmp_path / "index/simple/pip"
    folder.mkdir(parents=True)
    handler = functools.partial(_Quiet, directory=str(tmp_path / "index"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/simple", folder
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("honest", [True, False])
def test_pips_wheel_is_kept_only_with_its_locked_hash(checkout: Path, index: tuple[str, Path], honest: bool) -> None:
    address, folder = index
    version = next(iter(pins("pip.txt")))[1]
    wheel = f"pip-{version}-py3-none-any.whl"
    (folder / wheel).write_bytes(b"a wheel")
    (folder / "index.html").write_text(f'<a href="pip-1.0.tar.gz">old</a> <a href="../pip/{wheel}#sha256=0">new</a>')
    digest = hashlib.sha256(b"a wheel" if honest else b"another").hexdigest()
    (checkout / "deploy/lock/pip.txt").write_text(f"pip=={version} \\\n    --hash=sha256:{digest}\n")
    target = checkout / "pip.whl"
    done = subprocess.run(
        [sys.executable, checkout / "deploy/lock/fetch_pip.py", target],
        env={**os.environ, "PIP_INDEX_URL": address, "no_proxy": "127.0.0.1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert target.exists() == honest
    assert (done.returncode == 0) == honest
    assert ("was not used" in done.stderr) != honest
