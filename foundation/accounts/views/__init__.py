"""Pages around a person's account."""
