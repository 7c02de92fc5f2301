"""How a partnership moves: phases, standing, formality, what both sides bring in."""
