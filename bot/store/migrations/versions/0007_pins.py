"""Pins with their history, how far they have followed the change log, and what is to be told of them.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

TIME = sa.DateTime(timezone=True)
KEY = sa.String(64)


def upgrade() -> None:
    op.create_table(
        "pins",
        sa.Column("id", KEY, nullable=False),
        sa.Column("workspace_id", KEY, nullable=False),
        sa.Column("source_id", KEY, nullable=False),
        sa.Column("document_id", KEY, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("owner", KEY, nullable=False),
        sa.Column("story", sa.Text),
        sa.Column("story_key", sa.Text),
        sa.Column("tags", sa.JSON, nullable=False),
        sa.Column("tag_keys", sa.Text, nullable=False),
        sa.Column("created", TIME, nullable=False),
        sa.Column("changed", TIME, nullable=False),
        sa.Column("verifier", KEY),
        sa.Column("verified", TIME),
        sa.Column("expires", TIME),
        sa.Column("unpinned", TIME),
        sa.Column("doubt", sa.String(16)),
        sa.Column("now_version", sa.Integer),
        sa.Column("now_start", sa.Integer),
        sa.Column("now_end", sa.Integer),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("snapshot", sa.JSON, nullable=False),
        sa.Column("stems", sa.Text, nullable=False),
        sa.Column("prefix", sa.Text, nullable=False),
        sa.Column("suffix", sa.Text, nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
        sa.CheckConstraint('"start" >= 0 AND "end" >= "start"', name="ck_pins_span"),
        sa.PrimaryKeyConstraint("id", name="pk_pins"),
    )
    op.create_index("ix_pins_document_id", "pins", ["document_id"])
    op.create_index("ix_pins_workspace_id_source_id", "pins", ["workspace_id", "source_id"])
    op.create_table(
        "pin_changes",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("pin_id", KEY, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("who", KEY, nullable=False),
        sa.Column("deed", sa.String(16), nullable=False),
        sa.Column("detail", sa.JSON, nullable=False),
        sa.ForeignKeyConstraint(["pin_id"], ["pins.id"], name="fk_pin_changes_pin_id"),
        sa.PrimaryKeyConstraint("id", name="pk_pin_changes"),
    )
    op.create_index("ix_pin_changes_pin_id_id", "pin_changes", ["pin_id", "id"])
    op.create_table(
        "notices",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("workspace_id", KEY, nullable=False),
        sa.Column("key", sa.String(255), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("recipient", KEY, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("document_id", KEY, nullable=False),
        sa.Column("was_version", sa.Integer, nullable=False),
        sa.Column("was_start", sa.Integer, nullable=False),
        sa.Column("was_end", sa.Integer, nullable=False),
        sa.Column("now_version", sa.Integer),
        sa.Column("now_start", sa.Integer),
        sa.Column("now_end", sa.Integer),
        sa.Column("doubt", sa.String(16)),
        sa.Column("pin_id", KEY),
        sa.Column("channel", KEY),
        sa.Column("ts", KEY),
        sa.Column("delivered", TIME),
        sa.PrimaryKeyConstraint("number", name="pk_notices"),
    )
    op.create_index("ix_notices_key", "notices", ["workspace_id", "key"], unique=True)
    op.create_index("ix_notices_pending", "notices", ["workspace_id", "delivered", "number"])
    # What has changed before there were pins concerns none of them.
    op.execute("INSERT INTO followers (name, position) SELECT 'pins', last FROM sequences WHERE name = 'changes'")
