"""Measuring, by command: never a timed unit test."""
