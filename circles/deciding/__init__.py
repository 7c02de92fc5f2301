"""How a circle decides: by consent first, and only where that fails by majority."""
