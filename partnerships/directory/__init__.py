"""The directory of actors: finding, importing, merging, asking whether it still holds."""
