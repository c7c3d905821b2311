"""From documents to hits: passages, the query language, engines, the sync. A library: no settings, no SQL, no Slack."""
