"""`/suche/`: one search over everything that this reader may see."""
