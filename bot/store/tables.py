"""The tables of the store, plain enough for SQLite and PostgreSQL alike. `migrations/` builds them.

Texts stand whole in `versions`, as the last column, so that a row's facts are read without them.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy.types import TypeDecorator

from bot.store.readings import Outcome

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


class UtcTime(TypeDecorator[datetime]):
    """An aware time, kept in UTC; SQLite keeps no zone, so it is put back when read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - inherited
        """To the database. Raises ValueError for a time without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - inherited
        """From the database."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Seconds(TypeDecorator[timedelta]):
    """A length of time, kept in whole seconds."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: timedelta | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - inherited
        """To the database."""
        return None if value is None else int(value.total_seconds())

    def process_result_value(self, value: int | None, dialect: Dialect) -> timedelta | None:  # noqa: ARG002 - inherited
        """From the database."""
        return None if value is None else timedelta(seconds=value)


def _workspace() -> Column[str]:
    return Column("workspace_id", String(64), nullable=False)


def _json() -> JSON:
    return JSON(none_as_null=True)


sources = Table(
    "sources",
    metadata,
    Column("id", String(64), primary_key=True),
    _workspace(),
    Column("name", Text, nullable=False),
    Column("connector", String(64), nullable=False),
    Column("place", Text, nullable=False),
    Column("added", UtcTime, nullable=False),
    Column("visible_to", _json(), nullable=False),
    Column("manifest", Boolean, nullable=False),
    Column("paused", Boolean, nullable=False),
    Column("synced", UtcTime),
    Column("problem", Text),
    Column("removed", UtcTime),
    Column("purged", UtcTime),
    Column("every", Seconds),
    Column("attempted", UtcTime),
    Column("failures", Integer, nullable=False, server_default="0"),
)
_LIVE = sources.c.removed.is_(None)
for _name in ("name", "place"):
    _columns = (sources.c.workspace_id, sources.c[_name])
    Index(f"ix_sources_live_{_name}", *_columns, unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE)

items = Table(
    "items",
    metadata,
    Column("source_id", String(64), ForeignKey("sources.id"), primary_key=True),
    Column("location", Text, primary_key=True),
    _workspace(),
    Column("fingerprint", Text, nullable=False),
    Column("extractor", Text, nullable=False),
    Column("raw_sha256", String(64)),
    Column("problem", Text),
    Column("trouble", String(16)),
    Column("times", Integer, nullable=False, server_default="0"),
)

# What a list (a feed, a sitemap) was when it was last worked off, in its connector's own words.
listings = Table(
    "listings",
    metadata,
    Column("source_id", String(64), ForeignKey("sources.id"), primary_key=True),
    _workspace(),
    Column("cursor", Text, nullable=False),
)

# Which raw files each source has brought, also those that made no new version: a purge must find them all.
snapshots = Table(
    "snapshots",
    metadata,
    Column("source_id", String(64), ForeignKey("sources.id"), primary_key=True),
    Column("raw_sha256", String(64), primary_key=True),
    _workspace(),
    Column("media_type", Text, nullable=False),
    Column("fetched", UtcTime, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("id", String(64), primary_key=True),
    _workspace(),
    Column("source_id", String(64), ForeignKey("sources.id"), nullable=False),
    Column("item_location", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("added", UtcTime, nullable=False),
    Column("removed", UtcTime),
    Column("location", Text, nullable=False),
    Column("title", Text),
    Column("publisher", Text),
    Column("author", Text),
    Column("kind", Text),
    Column("url", Text),
    Column("archived_url", Text),
    Column("published", _json()),
    Column("modified", _json()),
    Column("language", Text),
    Column("warnings", _json(), nullable=False),
    CheckConstraint("version >= 1", name="version"),
    Index("ix_documents_item", "source_id", "item_location"),
)

versions = Table(
    "versions",
    metadata,
    Column("document_id", String(64), ForeignKey("documents.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    _workspace(),
    Column("raw_sha256", String(64), nullable=False),
    Column("text_sha256", String(64), nullable=False),
    Column("extractor", Text, nullable=False),
    Column("observed", UtcTime, nullable=False),
    Column("marks", Text, nullable=False),
    Column("text", Text, nullable=False),
    CheckConstraint("number >= 1", name="number"),
    Index("ix_versions_text", "workspace_id", "text_sha256"),
)

# What people have set by hand, one row a fact. A value is JSON: words, or a date as `sources.wire` writes it.
edits = Table(
    "edits",
    metadata,
    Column("document_id", String(64), ForeignKey("documents.id"), primary_key=True),
    Column("fact", String(16), primary_key=True),
    _workspace(),
    Column("value", _json(), nullable=False),
    Column("by", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
)

KINDS = tuple(outcome.value for outcome in Outcome if outcome is not Outcome.UNCHANGED)

changes = Table(
    "changes",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    _workspace(),
    Column("document_id", String(64), ForeignKey("documents.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("at", UtcTime, nullable=False),
    CheckConstraint(f"kind IN ({', '.join(repr(kind) for kind in KINDS)})", name="kind"),
    Index("ix_changes_document_id", "document_id"),
)

# One row, the last number given to a change. Updating it is the lock that makes the order of the numbers the order of
# the commits, in any database: nobody who follows the log can see a number and later a smaller one.
sequences = Table(
    "sequences",
    metadata,
    Column("name", String(16), primary_key=True),
    Column("last", Integer, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    _workspace(),
    Column("at", UtcTime, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Index("ix_audit_workspace_id_id", "workspace_id", "id"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("workspace_id", String(64), primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("at", UtcTime, nullable=False, index=True),
)

shares = Table(
    "shares",
    metadata,
    Column("id", Integer, primary_key=True),
    _workspace(),
    Column("channel", String(64), nullable=False),
    Column("ts", String(64), nullable=False),
    Column("shared_by", String(64), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("document_id", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    ForeignKeyConstraint(["document_id", "version"], ["versions.document_id", "versions.number"]),
    CheckConstraint('"start" >= 0 AND "end" >= "start"', name="span"),
    Index("ix_shares_document", "workspace_id", "document_id"),
)

# Questions that found no answer, each time they were asked. `folded` is the same for questions that differ only in
# their blanks and capitals.
unanswered = Table(
    "unanswered",
    metadata,
    Column("id", Integer, primary_key=True),
    _workspace(),
    Column("folded", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("asker", Text),
    Column("at", UtcTime, nullable=False),
    Index("ix_unanswered_workspace_id_folded", "workspace_id", "folded"),
)

# Each person's newest questions, for that person alone.
recent_questions = Table(
    "recent_questions",
    metadata,
    Column("workspace_id", String(64), primary_key=True),
    Column("asker", String(64), primary_key=True),
    Column("folded", Text, primary_key=True),
    Column("question", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
)

# What people think of a passage (`document:version:start-end`) as an answer to a question.
feedback = Table(
    "feedback",
    metadata,
    Column("id", Integer, primary_key=True),
    _workspace(),
    Column("folded", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("document_id", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("passage", String(160), nullable=False),
    Column("useful", Boolean, nullable=False),
    Column("who", String(64)),
    Column("at", UtcTime, nullable=False),
    ForeignKeyConstraint(["document_id", "version"], ["versions.document_id", "versions.number"]),
    Index("ix_feedback_question", "workspace_id", "folded"),
)
