"""The tables of pins. They share the metadata of `tables`, so that migrations see all of them."""

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Index, Integer, String, Table, Text

from bot.store.tables import UtcTime, metadata

# The words stand whole in the pin. `stems` and `tag_keys` are what is searched: words and tags, each between two blanks
# or line ends.
pins = Table(
    "pins",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("workspace_id", String(64), nullable=False),
    Column("source_id", String(64), nullable=False),
    Column("document_id", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("owner", String(64), nullable=False),
    Column("story", Text),
    Column("story_key", Text),
    Column("tags", JSON(none_as_null=True), nullable=False),
    Column("tag_keys", Text, nullable=False),
    Column("created", UtcTime, nullable=False),
    Column("changed", UtcTime, nullable=False),
    Column("verifier", String(64)),
    Column("verified", UtcTime),
    Column("expires", UtcTime),
    Column("unpinned", UtcTime),
    Column("doubt", String(16)),
    Column("now_version", Integer),
    Column("now_start", Integer),
    Column("now_end", Integer),
    Column("revision", Integer, nullable=False),
    Column("note", Text, nullable=False),
    Column("snapshot", JSON(none_as_null=True), nullable=False),
    Column("stems", Text, nullable=False),
    Column("prefix", Text, nullable=False),
    Column("suffix", Text, nullable=False),
    Column("quote", Text, nullable=False),
    CheckConstraint('"start" >= 0 AND "end" >= "start"', name="span"),
    Index("ix_pins_document_id", "document_id"),
    Index("ix_pins_workspace_id_source_id", "workspace_id", "source_id"),
)

# What `stems` has, a row each, written with it: every question asks for pins that have its words.
pin_stems = Table(
    "pin_stems",
    metadata,
    Column("workspace_id", String(64), primary_key=True),
    Column("stem", Text, primary_key=True),
    Column("pin_id", String(64), ForeignKey("pins.id"), primary_key=True),
    sqlite_with_rowid=False,
)

pin_changes = Table(
    "pin_changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("pin_id", String(64), ForeignKey("pins.id"), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("who", String(64), nullable=False),
    Column("deed", String(16), nullable=False),
    Column("detail", JSON(none_as_null=True), nullable=False),
    Index("ix_pin_changes_pin_id_id", "pin_id", "id"),
)

notices = Table(
    "notices",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("workspace_id", String(64), nullable=False),
    Column("key", String(255), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("recipient", String(64), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("document_id", String(64), nullable=False),
    Column("was_version", Integer, nullable=False),
    Column("was_start", Integer, nullable=False),
    Column("was_end", Integer, nullable=False),
    Column("now_version", Integer),
    Column("now_start", Integer),
    Column("now_end", Integer),
    Column("doubt", String(16)),
    Column("pin_id", String(64)),
    Column("channel", String(64)),
    Column("ts", String(64)),
    Column("delivered", UtcTime),
    Index("ix_notices_key", "workspace_id", "key", unique=True),
    Index("ix_notices_pending", "workspace_id", "delivered", "number"),
)
