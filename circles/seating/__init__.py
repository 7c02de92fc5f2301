"""The fifteen seats: offered, named, taken, passed on, and what is remembered of them."""
