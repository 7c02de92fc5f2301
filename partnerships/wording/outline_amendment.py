"""What frames the changed clauses of an amendment, in all languages of an agreement.

The Finnish words have not been checked by a native speaker yet.
"""

from __future__ import annotations

TITLE = {
    "de": "Änderung {n} der Absichtserklärung {number}",
    "en": "Amendment {n} to the Letter of Intent {number}",
    "fi": "Aiesopimuksen {number} muutos {n}",
}
# Slug, heading and text by language; the slugs of lists keep their lists.
BEFORE: tuple[tuple[str, dict[str, tuple[str, str]]], ...] = (
    (
        "parties",
        {
            "de": ("Parteien", "Diese Änderung vereinbaren:"),
            "en": ("Parties", "This amendment is agreed by:"),
            "fi": ("Osapuolet", "Tästä muutoksesta sopivat:"),
        },
    ),
    (
        "amends",
        {
            "de": (
                "Gegenstand",
                "Die Absichtserklärung {number}{others} wird geändert. Die folgenden "
                "Klauseln lauten von nun an so:",
            ),
            "en": (
                "Subject",
                "The Letter of Intent {number}{others} is amended. From now on the "
                "following clauses read:",
            ),
            "fi": (
                "Kohde",
                "Aiesopimusta {number}{others} muutetaan. Seuraavat kohdat kuuluvat "
                "tästä lähtien näin:",
            ),
        },
    ),
)
OTHERS = {
    "de": " in der Fassung von {numbers}",
    "en": " as amended by {numbers}",
    "fi": " muutoksineen {numbers}",
}
AFTER: tuple[tuple[str, dict[str, tuple[str, str]]], ...] = (
    (
        "remains",
        {
            "de": ("Was bleibt", "Alle anderen Klauseln gelten unverändert weiter."),
            "en": ("What remains", "All other clauses continue to apply unchanged."),
            "fi": ("Mikä säilyy", "Kaikki muut kohdat pysyvät voimassa muuttumattomina."),
        },
    ),
    (
        "bodies",
        {
            "de": ("Zustimmung der Gremien", "Die Partnerstädte verweisen auf ihre Gremien:"),
            "en": ("Approval by the bodies", "The Partner Cities refer to their bodies:"),
            "fi": ("Toimielinten hyväksyntä", "Kumppanikaupungit viittaavat toimielimiinsä:"),
        },
    ),
    (
        "versions",
        {
            "de": ("Sprachfassungen", "Alle Sprachfassungen gelten gleichermaßen."),
            "en": ("Language versions", "All language versions are equally valid."),
            "fi": ("Kieliversiot", "Kaikki kieliversiot ovat yhtä päteviä."),
        },
    ),
    (
        "signatures",
        {
            "de": ("Unterschriften", "Für die Partnerstädte unterschreiben elektronisch:"),
            "en": ("Signatures", "The following sign electronically for the Partner Cities:"),
            "fi": (
                "Allekirjoitukset",
                "Kumppanikaupunkien puolesta allekirjoittavat sähköisesti:",
            ),
        },
    ),
)
