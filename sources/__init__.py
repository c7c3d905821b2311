"""Where words come from: connectors bring bytes, extractors make documents. A library: no settings, no Slack."""
