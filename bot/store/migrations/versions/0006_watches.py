"""Standing questions, and the outbox of what was found for them.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

TIME = sa.DateTime(timezone=True)
KEY = sa.String(64)


def upgrade() -> None:
    op.create_table(
        "watches",
        sa.Column("id", KEY, nullable=False),
        sa.Column("workspace_id", KEY, nullable=False),
        sa.Column("team_id", KEY, nullable=False),
        sa.Column("owner", KEY, nullable=False),
        sa.Column("place", KEY, nullable=False),
        sa.Column("personal", sa.Boolean, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("created", TIME, nullable=False),
        sa.Column("since", sa.Integer, nullable=False),
        sa.Column("least", sa.Integer, nullable=False),
        sa.Column("hour", sa.Integer),
        sa.Column("zone", KEY, nullable=False),
        sa.Column("due", TIME),
        sa.Column("paused", sa.Boolean, nullable=False),
        sa.Column("problem", sa.Text),
        sa.Column("owner_told", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_watches"),
    )
    op.create_index("ix_watches_workspace_id", "watches", ["workspace_id"])
    op.create_table(
        "watch_posts",
        sa.Column("id", KEY, nullable=False),
        sa.Column("watch_id", KEY, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["watch_id"], ["watches.id"], name="fk_watch_posts_watch_id"),
        sa.PrimaryKeyConstraint("id", name="pk_watch_posts"),
    )
    op.create_table(
        "watch_finds",
        sa.Column("watch_id", KEY, nullable=False),
        sa.Column("document_id", KEY, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("came", sa.String(16)),
        sa.Column("post_id", KEY),
        sa.Column("runs", sa.LargeBinary),
        sa.ForeignKeyConstraint(["watch_id"], ["watches.id"], name="fk_watch_finds_watch_id"),
        sa.PrimaryKeyConstraint("watch_id", "document_id", "version", "start", "end", name="pk_watch_finds"),
    )
    op.create_index("ix_watch_finds_came", "watch_finds", ["watch_id", "came"])
    op.create_index("ix_watch_finds_post_id", "watch_finds", ["post_id"])
    followers = op.create_table(
        "followers",
        sa.Column("name", sa.String(16), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_followers"),
    )
    op.bulk_insert(followers, [{"name": "watches", "position": 0}])
    op.create_index("ix_changes_document_id", "changes", ["document_id"])
