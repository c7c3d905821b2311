"""What a person may search here and, for admins, how the index stands."""

from bot.asking.cards import IndexState, SourceState, Status
from bot.slack.blocks import buttons
from bot.slack.blocks.message import Message
from bot.slack.blocks.rich import Json, actions, line, rich_text, text
from bot.slack.blocks.spoken import spoken
from bot.wording import words
from bot.wording.source import clipped

SOURCES_NAMED = 30


def status_message(status: Status, typed: str = "") -> Message:
    """One line a source. `typed` is what was taken for the command; it can be searched instead."""
    total = words.searchable(sum(source.documents for source in status.sources), len(status.sources))
    lines = [line(text(total, bold=True)), *(_source(source) for source in status.sources[:SOURCES_NAMED])]
    if len(status.sources) > SOURCES_NAMED:
        lines.append(line(text(words.and_more(len(status.sources) - SOURCES_NAMED).strip())))
    if status.index:
        lines += [line(text(sentence)) for sentence in _index(status.index)]
    button = buttons.search_instead(typed)
    return Message(spoken(total, ()), [rich_text(*lines), *([actions(button)] if button else [])])


def _source(source: SourceState) -> Json:
    record = source.record
    facts = [words.counted(source.documents, "document")]
    facts += [f"{source.undated:,} undated"] * bool(source.undated)
    facts += [f"{source.unreadable:,} unreadable"] * bool(source.unreadable)
    facts += [words.PAUSED] * record.paused
    facts += [clipped(record.problem, 120)] * bool(record.problem) if record.problem else []
    return line(text(clipped(record.name, 60), bold=True), text(f" · {', '.join(facts)}"))


def _index(index: IndexState) -> list[str]:
    live = index.engine.live
    if live is None:
        return [words.NO_INDEX]
    sentences = [words.index_holds(live.passages, live.generation), words.index_behind(index.behind)]
    return [*sentences, words.INDEX_OUTDATED] if index.engine.outdated else sentences
