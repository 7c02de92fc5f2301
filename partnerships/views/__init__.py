"""Pages of cities, partnerships, agreements and the directory."""
