"""Names that were broken over lines become whole, names that were told twice count once.

Organisations may be called after a person: every name here is the name of an organisation.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from foundation.languages import search_key
from partnerships.directory.import_records import Record
from partnerships.models import Actor

SOFT_HYPHEN = "\u00ad"
LONGEST_REPEAT = 6
_AND = r"(?:und|oder|bzw\.?|sowie|u\.|ja|tai|and|or)\b"
_OPEN_END = re.compile(
    r"(?:[-–,&]|\b(?:und|oder|für|der|des|die|das|dem|den|zu|zur|zum|von|vom|im|in|am|an|bei|"
    r"and|of|for|the))$"
)
_LEGAL = (
    r"(?:g?GmbH|mbH|AG|SE|KG|OHG|GbR|UG|eG|e\. ?V\.|GmbH ?& ?Co\. ?KG|KGaA|"
    r"(?:gGmbH|UG) \(haftungsbeschränkt\)|Oy|Oyj|Ab|ry|Ltd\.?|Inc\.?)"
)
_LEGAL_ONLY = re.compile(rf"{_LEGAL}$")
# "Kommunikation GmbH" goes on from the line before: nobody is called that.
_GENERIC = re.compile(
    rf"(?:Kommunikation|Gesellschaft|Beratung|Verwaltung|Technik|Systeme|Service|Anlagen|Medien|"
    rf"Handelskammer|Handwerkskammer|Holding)\b.*{_LEGAL}$"
)
KIND_WORDS = (
    (Actor.Kind.TRAINING_CENTRE, r"bildungszentrum|bildungswerk|akademie\b|koulutuskeskus"),
    (Actor.Kind.CHAMBER, r"kammer\b|kauppakamari"),
    (Actor.Kind.UNIVERSITY, r"universität|hochschule|yliopisto|ammattikorkeakoulu|university"),
    (Actor.Kind.FOUNDATION, r"stiftung|säätiö|foundation"),
    (Actor.Kind.SCIENCE, r"institut|forschung|tutkimus"),
    (Actor.Kind.ASSOCIATION, r"\be\. ?v\.|verein\b|verband\b|\bry\b|yhdistys"),
    (Actor.Kind.MUNICIPALITY, r"^(?:stadt|gemeinde|kreis) |kaupunki\b|stadtverwaltung"),
    (Actor.Kind.COMPANY, r"\b(?:g?gmbh|mbh|ag|se|kg|ohg|gbr|ug|oyj?|ab|ltd|inc)\b"),
)
SECTOR_OF = {
    Actor.Kind.TRAINING_CENTRE: Actor.Sector.SCIENCE,
    Actor.Kind.UNIVERSITY: Actor.Sector.SCIENCE,
    Actor.Kind.SCIENCE: Actor.Sector.SCIENCE,
    Actor.Kind.FOUNDATION: Actor.Sector.CIVIL_SOCIETY,
    Actor.Kind.ASSOCIATION: Actor.Sector.CIVIL_SOCIETY,
    Actor.Kind.MUNICIPALITY: Actor.Sector.ADMINISTRATION,
    Actor.Kind.OTHER: Actor.Sector.OTHER,
}


def join_lines(name: str) -> str:
    """A name of several lines as one: "Industrie- und\\nHandelskammer", "Verkehrs-\\nanlagen"."""
    name = name.replace(SOFT_HYPHEN, "").replace("\r\n", "\n")
    name = re.sub(rf"-[ \t]*\n\s*(?!{_AND})(?=[a-zäöüß])", "", name)
    name = re.sub(r"(?<=\w)-[ \t]*\n\s*(?=[A-ZÄÖÜ])", "-", name)
    return " ".join(name.split())


def rejoin(records: list[Record]) -> list[Record]:
    """Records whose name goes on in the next row made whole, repeated names left out."""
    whole: list[Record] = []
    at = 0
    while at < len(records):
        record = records[at]
        last = whole[-1] if whole else None
        if last is not None and not record.mistakes and record.has_name_only:
            if repeated := _repeats(last.name, records[at : at + LONGEST_REPEAT]):
                last.remarks.append(_("The name is repeated over several lines; it counts once."))
                at += repeated
                continue
            if _goes_on(last, record):
                last.cells["name"] = join_lines(f"{last.name}\n{record.name}")
                last.remarks.append(
                    _("The name goes on in line %(line)s; both lines are joined.")
                    % {"line": record.line}
                )
                at += 1
                continue
        whole.append(record)
        at += 1
    return whole


def kind_of(name: str) -> Actor.Kind:
    """What kind of organisation a name speaks of; never a person."""
    lowered = name.casefold()
    return next((kind for kind, words in KIND_WORDS if re.search(words, lowered)), Actor.Kind.OTHER)


def sector_of(kind: str) -> Actor.Sector:
    """The sector that organisations of this kind usually belong to."""
    return SECTOR_OF.get(Actor.Kind(kind), Actor.Sector.BUSINESS)


def _repeats(name: str, following: list[Record]) -> int:
    """How many of the rows that follow are together the same name again; 0 or at least 2."""
    told = ""
    for count, record in enumerate(following, start=1):
        if record.mistakes or not record.has_name_only:
            return 0
        told = join_lines(f"{told}\n{record.name}")
        if search_key(told) == search_key(name):
            return count if count > 1 else 0
    return 0


def _goes_on(last: Record, record: Record) -> bool:
    name = record.name
    if last.mistakes:
        return False
    return bool(
        _OPEN_END.search(last.name)
        or name[:1].islower()
        or _LEGAL_ONLY.match(name)
        or (_GENERIC.match(name) and kind_of(last.name) == Actor.Kind.OTHER)
    )
