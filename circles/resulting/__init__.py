"""From an adopted decision to what became of it: finalised, published, measured, answered."""
