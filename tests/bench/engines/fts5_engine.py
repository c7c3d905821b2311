"""SQLite's FTS5 with Porter's stems, from the standard library: `python -m tests.bench.engines.fts5_engine`."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from tests.bench.engines.passages import read
from tests.bench.engines.questions import Kind
from tests.bench.engines.talk import speak

_SIDE_BY_SIDE = (Kind.PHRASE, Kind.FREQUENT)
_BETWEEN = {Kind.OR: " OR ", Kind.AND: " AND "}


class Fts5:
    """A table without content: an index alone."""

    def __init__(self) -> None:
        self._database: sqlite3.Connection | None = None

    def build(self, passages: Path, folder: Path) -> None:
        folder.mkdir()
        database = sqlite3.connect(folder / "fts5.sqlite")
        with database:
            database.execute("CREATE VIRTUAL TABLE said USING fts5(text, content='', tokenize='porter unicode61')")
            rows = ((line.number, line.text) for line in read(passages))
            database.executemany("INSERT INTO said(rowid, text) VALUES (?, ?)", rows)
            database.execute("INSERT INTO said(said) VALUES ('optimize')")
        database.close()

    def open(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / "fts5.sqlite")
        self._database.execute("PRAGMA mmap_size = 8000000000")
        self._database.execute("SELECT rowid FROM said WHERE said MATCH 'the' LIMIT 1").fetchall()

    def ask(self, kind: Kind, words: Sequence[str], k: int) -> Sequence[int] | None:
        assert self._database
        asked = (_pattern(kind, words), k)
        found = self._database.execute("SELECT rowid FROM said WHERE said MATCH ? ORDER BY rank LIMIT ?", asked)
        return [number for (number,) in found]


def _pattern(kind: Kind, words: Sequence[str]) -> str:
    if kind in _SIDE_BY_SIDE:
        return f'"{" ".join(words)}"'
    quoted = [f'"{word}"' for word in words]
    return _BETWEEN[kind].join(quoted) if kind in _BETWEEN else f"NEAR({' '.join(quoted)}, 10)"


if __name__ == "__main__":
    speak(Fts5())
