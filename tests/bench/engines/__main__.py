"""Compares the engine with others on the same passages and questions, in turn, in one run:

    python -m tests.bench.engines DATA --out FOLDER [--passages 10000,100000,291364,1000000]
        [--peers tantivy,fts5,whoosh,lucene] [--peer-python PYTHON] [--lucene-jars FOLDER] [--processor]

DATA holds `corpus/scale/passages.jsonl.gz`; `--peer-python` names a Python that has `tantivy`, `--lucene-jars` a folder
with `lucene-core`, `lucene-analysis-common` and `lucene-queries`. Every engine runs in a process of its own and takes
its times itself, around parsing, searching and giving the numbers of the best ten. After a round of other questions
that warms them all, each question goes to one engine after the other, in an order that changes; what counts is the
median over the rounds. `--processor` counts the time on the processor alone: for a machine with other work on it.
`ours, whole` is a reporter's question with all fields, folding, passages and spans, on the same index. Printed are
tables, written are `engines.md` and plots. Indexes are kept in FOLDER and used again: stock Whoosh takes
half an hour for a million passages. `opens` is until it answers, `ready after` until what it reads ahead meanwhile is
read; questions are asked when it is.
"""

import random
import shutil
from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Annotated

import typer

from tests.bench.engines import passages as corpus
from tests.bench.engines.contender import Contender, Running, size
from tests.bench.engines.figures import Figures, growth_plot, latency_plot, table
from tests.bench.engines.questions import Kind, Question, draw
from tests.bench.engines.roster import AGAINST, roster

_K = 10


@dataclass(frozen=True, slots=True)
class Asking:
    """So many questions of `each` kind, so often, drawn by this seed; timed on the `processor` alone or in all."""

    each: int
    rounds: int
    seed: int
    processor: bool


def main(
    data: Annotated[Path, typer.Argument(help="The test data.")],
    out: Annotated[Path, typer.Option(help="Where indexes, tables and plots are left.")],
    passages: Annotated[str, typer.Option(help="How many, by commas.")] = "10000,100000,291364,1000000",
    peers: Annotated[str, typer.Option(help="Whom to compare with, by commas.")] = "tantivy,fts5,whoosh,lucene",
    peer_python: Annotated[Path | None, typer.Option(help="A Python that has tantivy.")] = None,
    lucene_jars: Annotated[Path | None, typer.Option(help="A folder with Lucene's jars.")] = None,
    questions: Annotated[int, typer.Option(help="So many of each kind.")] = 200,
    rounds: Annotated[int, typer.Option(help="So often each is asked.")] = 3,
    seed: Annotated[int, typer.Option(help="Of the questions.")] = 1,
    processor: Annotated[bool, typer.Option(help="Count time on the processor alone.")] = False,
) -> None:
    """Measure, print and write."""
    out.mkdir(parents=True, exist_ok=True)
    contenders, absent = roster(peers.split(","), peer_python, lucene_jars)
    told, everything = [f"{name}: not run, {why}." for name, why in absent.items()], list[Figures]()
    for count in sorted(map(int, passages.split(","))):
        measured = _measured(data, out, contenders, count, Asking(questions, rounds, seed, processor))
        everything += measured
        unit = "ms of processor" if processor else "ms"
        told.append(f"{count:,} passages, {questions} questions of each kind, {unit}\n\n{table(measured, AGAINST)}")
        typer.echo(f"\n{told[-1]}")
        (out / f"latency-{count}.svg").write_text(latency_plot(measured), encoding="utf-8")
    for kind in Kind:
        name = f"growth-{kind.name.lower()}.svg"
        (out / name).write_text(growth_plot(everything, kind), encoding="utf-8")
    (out / "engines.md").write_text("\n\n".join(told) + "\n", encoding="utf-8")


def _measured(data: Path, out: Path, contenders: Sequence[Contender], count: int, asking: Asking) -> list[Figures]:
    file = corpus.write(data, out, count)
    seconds = {one.name: _built(one, file, out / f"{one.name}-{count}") for one in contenders if not one.variant_of}
    warming = draw((line.text for line in corpus.read(file)), max(asking.each // 4, 5), asking.seed + 1)
    asked = draw((line.text for line in corpus.read(file)), asking.each, asking.seed)
    with ExitStack() as stack:
        running = [stack.enter_context(Running(one)) for one in contenders]
        opened = [one.open(_folder(out, one.contender, count)) for one in running]
        for one in running:
            for question in warming:
                one.ask(question, _K)
        times, unanswered = _ask_in_turn(running, asked, asking)
        return [
            Figures(
                one.contender.name,
                count,
                seconds.get(one.contender.name),
                size(_folder(out, one.contender, count)),
                *milliseconds,
                one.anonymous(),
                times[one.contender.name],
                unanswered[one.contender.name],
            )
            for one, milliseconds in zip(running, opened, strict=True)
        ]


def _ask_in_turn(
    running: Sequence[Running], asked: Sequence[Question], asking: Asking
) -> tuple[dict[str, dict[Kind, list[float]]], dict[str, int]]:
    """The milliseconds by engine and kind, and how many questions found nothing."""
    taken: dict[tuple[str, int], list[float]] = defaultdict(list)
    unanswered = dict.fromkeys((one.contender.name for one in running), 0)
    chance = random.Random(asking.seed)
    for turn in range(asking.rounds):
        for number, question in enumerate(asked):
            for one in chance.sample(running, len(running)):
                answer = one.ask(question, _K, processor=asking.processor)
                if answer:
                    taken[one.contender.name, number].append(answer[0])
                    unanswered[one.contender.name] += not turn and not answer[1]
    times: dict[str, dict[Kind, list[float]]] = {one.contender.name: {} for one in running}
    for (name, number), values in taken.items():
        times[name].setdefault(asked[number].kind, []).append(median(values))
    return times, unanswered


def _folder(out: Path, contender: Contender, count: int) -> Path:
    return out / f"{contender.variant_of or contender.name}-{count}"


def _built(contender: Contender, file: Path, folder: Path) -> float:
    """Seconds; of an index that is there, those that it took then."""
    noted = folder.with_suffix(".seconds")
    if not noted.exists():
        shutil.rmtree(folder, ignore_errors=True)
        with Running(contender) as running:
            seconds = running.build(file, folder)
        noted.write_text(f"{seconds:.3f}", encoding="ascii")
    return float(noted.read_text(encoding="ascii"))


if __name__ == "__main__":
    typer.run(main)
