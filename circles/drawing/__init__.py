"""From the frozen pool to the result: declaring, dice and beacon, the draw, its record."""
