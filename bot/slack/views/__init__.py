"""Modals: values in, Slack views out, and what was filled in read back. Pure."""
