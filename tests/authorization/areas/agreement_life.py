"""The text and the life of agreements: languages, suggestions, versions, terms, amendments."""

import datetime as dt

from django.utils import timezone

from partnerships.models import Agreement
from partnerships.wording import (
    amendments,
    clauses,
    drafts,
    languages,
    remarks,
    terminations,
    terms,
)
from partnerships.wording.translations import texts_of
from tests.authorization import canaries
from tests.partnerships.factories import fresh


def places(world):
    """Every agreement of the world has a language; one draft has three."""
    cities = world.cities
    three = cities._draft(cities._partnership("drei"))
    languages.add_third_language(three, by=cities.office)
    cities.places["draft in three languages"] = cities._place(three)
    for place in world.cities.places.values():
        if "number" in place:
            place["language"] = "de"
    for place in cities.places.values():
        if "number" in place:
            place["suggestion"] = 0
    _talk(world, cities)
    _renew(cities)
    _amend(cities)
    mine = ("draft", "agreement to be renewed")
    return {state: place for state, place in cities.places.items() if state.startswith(mine)}


def _amend(cities):
    """An amendment that the signatory of its base is not named for."""
    place = cities.places["concluded agreement"]
    base = Agreement.objects.get(number=place["number"])
    made = amendments.draft_amendment(base, by=cities.office)
    cities.places["draft amendment"] = {**place, "number": made.number, "clause": "financing"}


def _renew(cities):
    """Both agreements have an end; for one of them Paula has declared a later one."""
    waiting = cities._concluded("verlaengert")
    cities.places["agreement to be renewed"] = cities._place(waiting)
    Agreement.objects.filter(
        number__in=[waiting.number, cities.places["concluded agreement"]["number"]]
    ).update(ends_on=dt.date(2040, 1, 1))
    second = waiting.partnership.parties.get(position=2)
    paula = fresh(cities.paula)
    terms.propose_renewal(waiting, second, ends_on=dt.date(2041, 1, 1), by=paula)


def _talk(world, cities):
    """Paula suggests a change; the office keeps a note to itself."""
    place = cities.places["draft agreement"]
    draft = Agreement.objects.select_related("partnership").get(number=place["number"])
    clause = clauses.clause_of(draft, place["clause"])
    remarks.comment(draft, clause, canaries.NOTE, by=cities.office, is_internal=True)
    said = remarks.suggest(draft, clause, {"en": "Shorter."}, by=fresh(cities.paula))
    place["suggestion"] = said.pk
    mine = remarks.suggest(draft, clause, {"en": "By us."}, by=cities.office)
    cities.places["draft agreement, suggested by the office"] = {**place, "suggestion": mine.pk}
    elsewhere = Agreement.objects.get(number=cities.places["agreed agreement"]["number"])
    there = clauses.clause_of(elsewhere, place["clause"])
    other = remarks.suggest(elsewhere, there, {"en": "Other."}, by=fresh(cities.paula))
    cities.places["draft agreement, another's suggestion"] = {**place, "suggestion": other.pk}


def _found(place):
    return Agreement.objects.filter(number=place["number"]).first()


def _release(world, place):
    found = _found(place)
    digest = drafts.gather(found).language_digest("de") if found else "0" * 64
    return {"digest": digest, "name": "Silva", "function": "Texte"}


def _translate(world, place):
    found = _found(place)
    return {texts_of(drafts.gather(found))[0].key: "Neu"} if found else {"title": "Neu"}


PLAIN = {
    "agreement_language_add": {},
    "agreement_language_drop": {},
    "agreement_remarks": {"text": "Gut so"},
    "agreement_suggest": {"de": "Kurz.", "en": "Short."},
    "agreement_accept": {"based_on": 2},
    "agreement_refuse": {"reason": "Zu kurz"},
    "agreement_unsuggest": {},
    "agreement_amend": {},
    "amendment_take_up": {},
    "amendment_build_on": {},
    "agreement_renew": {"ends_on": "2045-01-01"},
    "agreement_review": {"review_on": "2039-01-01"},
}


def _declare(world, place):
    found = _found(place)
    waiting = found and found.renewals.filter(declared_at=None).first()
    return {"digest": waiting.digest if waiting else "0" * 64}


def _notice(world, place):
    today, found = timezone.localdate(), _found(place)
    months = terms.notice_months_of(found) if found else 6
    return {
        "given_on": today.isoformat(),
        "last_day": terminations.months_later(today, months).isoformat(),
        "reason": "Genug",
        "sure": "on",
    }


DEPENDENT = {
    "agreement_release": _release,
    "agreement_translate": _translate,
    "agreement_renewal": _declare,
    "agreement_terminate": _notice,
}
