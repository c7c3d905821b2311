"""An engine in a process of its own, as the bench sees it."""

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from tests.bench.engines.questions import Question

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True, slots=True)
class Contender:
    """`command` starts it, to talk as `talk` tells; `variant_of` names another one whose index it reads; `reads_ahead`:
    it answers before it is ready."""

    name: str
    command: Sequence[str]
    variant_of: str | None = None
    reads_ahead: bool = False


@dataclass(slots=True)
class Running:
    """A started contender; a context manager that ends it."""

    contender: Contender
    process: "subprocess.Popen[str]" = field(init=False)

    def __enter__(self) -> Self:
        command = list(self.contender.command)
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        return self

    def __exit__(self, *_: object) -> None:
        with self.process:  # closes its pipes, which ends it, and waits
            pass

    def build(self, passages: Path, folder: Path) -> float:
        """Seconds that it took, the reading of the file included."""
        begun = time.perf_counter()
        self._say("build", str(passages), str(folder))
        return time.perf_counter() - begun

    def open(self, folder: Path) -> tuple[float, float]:
        """Milliseconds until it answers, and until it is ready."""
        opened = float(self._say("open", str(folder)))
        return opened, opened + (float(self._say("ready")) if self.contender.reads_ahead else 0.0)

    def ask(self, question: Question, k: int, *, processor: bool = False) -> tuple[float, int] | None:
        """Milliseconds (those on the `processor`, or all) and how many were found, k at most; None where it has no
        such kind of question.
        """
        answer = self._say("ask", question.kind, str(k), " ".join(question.words))
        if answer == "-":
            return None
        taken, busy, numbers = answer.split("\t")
        return float(busy if processor else taken), len(numbers.split())

    def anonymous(self) -> int:
        """Bytes of memory that is no file's, as Linux counts it."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("RssAnon"))

    def _say(self, *fields: str) -> str:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write("\t".join(fields) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit(f"{self.contender.name} ended at {fields[:2]} (exit {self.process.wait()}).")
        return answer.rstrip("\n")


def size(folder: Path) -> int:
    """Bytes on the disk."""
    return sum((Path(place) / name).stat().st_size for place, _, names in os.walk(folder) for name in names)
