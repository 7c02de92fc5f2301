"""Demonstration data: what the sources say, and invented things that are marked as such."""
