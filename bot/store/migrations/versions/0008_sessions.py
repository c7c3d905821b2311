"""Who is signed in to the pages.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

TIME = sa.DateTime(timezone=True)
KEY = sa.String(64)


def upgrade() -> None:
    op.create_table(
        "sessions",
        sa.Column("key", KEY, nullable=False),
        sa.Column("workspace_id", KEY, nullable=False),
        sa.Column("team_id", KEY, nullable=False),
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("began", TIME, nullable=False),
        sa.Column("ends", TIME, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_sessions"),
    )
    op.create_index("ix_sessions_user", "sessions", ["workspace_id", "user_id"])
