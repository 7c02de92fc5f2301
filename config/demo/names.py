"""Names of people who do not exist."""

from __future__ import annotations

FIRST = (
    "Ada", "Bent", "Cem", "Dilan", "Enno", "Fenja", "Gesa", "Hauke", "Ilka", "Jale",
    "Kolja", "Levke", "Malte", "Nele", "Onno", "Pia", "Quirin", "Romy", "Sönke", "Tomke",
)  # fmt: skip
LAST = (
    "Abendrot", "Birkenhof", "Dünenweg", "Eschengrund", "Flussau", "Grünmark",
    "Heidebusch", "Inselring", "Kiesgarten", "Lindenstieg", "Moosbach", "Nebelhorn",
    "Ostwiese", "Pappelgrund",
)  # fmt: skip


def fictional_names(count: int) -> list[str]:
    """`count` different names, at most 280."""
    return [f"{FIRST[n % len(FIRST)]} {LAST[n // len(FIRST)]}" for n in range(count)]
