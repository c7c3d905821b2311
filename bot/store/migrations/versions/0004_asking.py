"""What those who ask leave behind: each one's newest questions, and what they think of the passages they were shown.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

TIME = sa.DateTime(timezone=True)
KEY = sa.String(64)


def upgrade() -> None:
    op.create_table(
        "recent_questions",
        sa.Column("workspace_id", KEY, nullable=False),
        sa.Column("asker", KEY, nullable=False),
        sa.Column("folded", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "asker", "folded", name="pk_recent_questions"),
    )
    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("workspace_id", KEY, nullable=False),
        sa.Column("folded", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("document_id", KEY, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("passage", sa.String(160), nullable=False),
        sa.Column("useful", sa.Boolean, nullable=False),
        sa.Column("who", sa.String(64)),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id", "version"], ["versions.document_id", "versions.number"], name="fk_feedback_document_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_feedback"),
    )
    op.create_index("ix_feedback_question", "feedback", ["workspace_id", "folded"])
