"""The visible thread: from a vision to what became of it, on one page."""
