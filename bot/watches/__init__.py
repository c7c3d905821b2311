"""Watches: standing questions, what they find, and telling it once."""
