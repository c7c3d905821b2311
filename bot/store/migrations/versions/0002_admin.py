"""What admins work with: edits by hand, unanswered questions, dead links and held back readings, purged sources.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

TIME = sa.DateTime(timezone=True)
KEY = sa.String(64)


def upgrade() -> None:
    op.add_column("sources", sa.Column("purged", TIME))
    op.add_column("items", sa.Column("trouble", sa.String(16)))
    op.add_column("items", sa.Column("times", sa.Integer, nullable=False, server_default="0"))
    op.create_index("ix_versions_text", "versions", ["workspace_id", "text_sha256"])
    op.create_table(
        "edits",
        sa.Column("document_id", KEY, nullable=False),
        sa.Column("fact", sa.String(16), nullable=False),
        sa.Column("workspace_id", KEY, nullable=False),
        sa.Column("value", sa.JSON, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_edits_document_id"),
        sa.PrimaryKeyConstraint("document_id", "fact", name="pk_edits"),
    )
    op.create_table(
        "unanswered",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("workspace_id", KEY, nullable=False),
        sa.Column("folded", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("asker", sa.Text),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_unanswered"),
    )
    op.create_index("ix_unanswered_workspace_id_folded", "unanswered", ["workspace_id", "folded"])
