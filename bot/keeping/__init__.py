"""Keeping sources: previews, readings, walks, schedules, and what admins look through and correct."""
