"""Who and what a cohort of a learning network is about; its story is told more than once."""

from __future__ import annotations

NET = ("offenes-netz", 2026)
NETWORK = {"name_de": "Offenes Netz", "rules_de": "Was hier gesagt wird, bleibt hier."}
SESSIONS = (("peer_consultation", "Beratung"), ("kick_off", "Auftakt"), ("webinar", "Kultur"))
NAMES = "Ada Ben Cem Dana Eva Finn Gina Hans Ines Jan Kim Lea Max"
QUESTION = {"kind": "question", "title": "Wer hat es versucht?"}
REPLY = "Wir, mit einem Tandem."
CASE = {"title": "Erster Schritt", "situation": "Alles geheim"}
KEY_QUESTION = "Was ist der erste Schritt?"
ADVICE = "Fangen Sie klein an."
TAKEAWAY = "Ein Tandem"
RECOMMENDATION = {
    "title_de": "Lernen braucht Zeit",
    "first_de": "Wer lernt, fehlt im Betrieb.",
    "second_de": "Kleine Häuser trifft es am meisten.",
    "third_de": "Ein Tandem hilft beiden.",
    "addressee_de": "Landtag",
    "condition_de": "Bildungsurlaub gilt nicht für Netzwerke.",
    "demand_de": "Lernnetzwerke zählen als Bildung.",
}
ANSWER = {"answer_de": "Wir prüfen es.", "on": "2026-10-01"}


def invited(name: str) -> dict[str, str]:
    """What the office types to invite somebody."""
    return {"email": f"{name}@example.org", "name": name, "organisation": f"{name} GmbH"}
