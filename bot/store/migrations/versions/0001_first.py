"""The first tables: sources, items, documents and versions, the change log, audit, deliveries, shares.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TIME = sa.DateTime(timezone=True)
KEY = sa.String(64)


def upgrade() -> None:
    _sources()
    _documents()
    _changes()
    _desk()


def _sources() -> None:
    op.create_table(
        "sources",
        sa.Column("id", KEY, nullable=False),
        sa.Column("workspace_id", KEY, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("connector", KEY, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("added", TIME, nullable=False),
        sa.Column("visible_to", sa.JSON, nullable=False),
        sa.Column("manifest", sa.Boolean, nullable=False),
        sa.Column("paused", sa.Boolean, nullable=False),
        sa.Column("synced", TIME),
        sa.Column("problem", sa.Text),
        sa.Column("removed", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_sources"),
    )
    live = sa.text("removed IS NULL")
    for name in ("name", "place"):
        columns = ["workspace_id", name]
        op.create_index(
            f"ix_sources_live_{name}", "sources", columns, unique=True, sqlite_where=live, postgresql_where=live
        )
    op.create_table(
        "items",
        sa.Column("source_id", KEY, nullable=False),
        sa.Column("location", sa.Text, nullable=False),
        sa.Column("workspace_id", KEY, nullable=False),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("extractor", sa.Text, nullable=False),
        sa.Column("raw_sha256", KEY),
        sa.Column("problem", sa.Text),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name="fk_items_source_id"),
        sa.PrimaryKeyConstraint("source_id", "location", name="pk_items"),
    )
    op.create_table(
        "snapshots",
        sa.Column("source_id", KEY, nullable=False),
        sa.Column("raw_sha256", KEY, nullable=False),
        sa.Column("workspace_id", KEY, nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("fetched", TIME, nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name="fk_snapshots_source_id"),
        sa.PrimaryKeyConstraint("source_id", "raw_sha256", name="pk_snapshots"),
    )


def _documents() -> None:
    op.create_table(
        "documents",
        sa.Column("id", KEY, nullable=False),
        sa.Column("workspace_id", KEY, nullable=False),
        sa.Column("source_id", KEY, nullable=False),
        sa.Column("item_location", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("added", TIME, nullable=False),
        sa.Column("removed", TIME),
        sa.Column("location", sa.Text, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("publisher", sa.Text),
        sa.Column("author", sa.Text),
        sa.Column("kind", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("archived_url", sa.Text),
        sa.Column("published", sa.JSON),
        sa.Column("modified", sa.JSON),
        sa.Column("language", sa.Text),
        sa.Column("warnings", sa.JSON, nullable=False),
        sa.CheckConstraint("version >= 1", name="ck_documents_version"),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name="fk_documents_source_id"),
        sa.PrimaryKeyConstraint("id", name="pk_documents"),
    )
    op.create_index("ix_documents_item", "documents", ["source_id", "item_location"])
    op.create_table(
        "versions",
        sa.Column("document_id", KEY, nullable=False),
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("workspace_id", KEY, nullable=False),
        sa.Column("raw_sha256", KEY, nullable=False),
        sa.Column("text_sha256", KEY, nullable=False),
        sa.Column("extractor", sa.Text, nullable=False),
        sa.Column("observed", TIME, nullable=False),
        sa.Column("marks", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.CheckConstraint("number >= 1", name="ck_versions_number"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_versions_document_id"),
        sa.PrimaryKeyConstraint("document_id", "number", name="pk_versions"),
    )


def _changes() -> None:
    op.create_table(
        "changes",
        sa.Column("sequence", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("workspace_id", KEY, nullable=False),
        sa.Column("document_id", KEY, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.CheckConstraint(
            "kind IN ('new', 'text', 'reextracted', 'metadata', 'access', 'removed')", name="ck_changes_kind"
        ),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_changes_document_id"),
        sa.PrimaryKeyConstraint("sequence", name="pk_changes"),
    )
    sequences = op.create_table(
        "sequences",
        sa.Column("name", sa.String(16), nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_sequences"),
    )
    op.bulk_insert(sequences, [{"name": "changes", "last": 0}])


def _desk() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("workspace_id", KEY, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_workspace_id_id", "audit", ["workspace_id", "id"])
    op.create_table(
        "deliveries",
        sa.Column("workspace_id", KEY, nullable=False),
        sa.Column("key", sa.String(255), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "key", name="pk_deliveries"),
    )
    op.create_index("ix_deliveries_at", "deliveries", ["at"])
    op.create_table(
        "shares",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("workspace_id", KEY, nullable=False),
        sa.Column("channel", KEY, nullable=False),
        sa.Column("ts", KEY, nullable=False),
        sa.Column("shared_by", KEY, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("document_id", KEY, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.CheckConstraint('"start" >= 0 AND "end" >= "start"', name="ck_shares_span"),
        sa.ForeignKeyConstraint(
            ["document_id", "version"], ["versions.document_id", "versions.number"], name="fk_shares_document_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_shares"),
    )
    op.create_index("ix_shares_document", "shares", ["workspace_id", "document_id"])
