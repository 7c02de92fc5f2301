"""How dates are written for readers of a language where Django has another custom."""
