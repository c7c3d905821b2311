"""The tables of what is watched for. No source's words stand in them: finds are offsets and hashes."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from bot.store.tables import UtcTime, metadata

watches = Table(
    "watches",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("workspace_id", String(64), nullable=False),
    Column("team_id", String(64), nullable=False),
    Column("owner", String(64), nullable=False),
    Column("place", String(64), nullable=False),
    Column("personal", Boolean, nullable=False),
    Column("question", Text, nullable=False),
    Column("created", UtcTime, nullable=False),
    Column("since", Integer, nullable=False),
    Column("least", Integer, nullable=False),
    Column("hour", Integer),
    Column("zone", String(64), nullable=False),
    Column("due", UtcTime),
    Column("paused", Boolean, nullable=False),
    Column("problem", Text),
    Column("owner_told", Boolean, nullable=False),
    Index("ix_watches_workspace_id", "workspace_id"),
)

# Messages that were begun; a row goes when its message surely stands in Slack.
watch_posts = Table(
    "watch_posts",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("watch_id", String(64), ForeignKey("watches.id"), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("tries", Integer, nullable=False),
)

# `came` is empty as long as a find waits. `post_id` stays when the post's row is gone.
watch_finds = Table(
    "watch_finds",
    metadata,
    Column("watch_id", String(64), ForeignKey("watches.id"), primary_key=True),
    Column("document_id", String(64), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("start", Integer, primary_key=True, autoincrement=False),
    Column("end", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcTime, nullable=False),
    Column("came", String(16)),
    Column("post_id", String(64)),
    Column("runs", LargeBinary),
    Index("ix_watch_finds_came", "watch_id", "came"),
    Index("ix_watch_finds_post_id", "post_id"),
)

# How far those that follow the change log have come.
followers = Table(
    "followers",
    metadata,
    Column("name", String(16), primary_key=True),
    Column("position", Integer, nullable=False),
)
