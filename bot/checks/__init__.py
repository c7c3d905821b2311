"""Checking quotations, one at a time or all of a draft."""
