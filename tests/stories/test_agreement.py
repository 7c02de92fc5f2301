"""The whole agreement road through web pages only, from an empty database to the sealed file."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from foundation.accounts import factor, mandates
from foundation.accounts.models import Role, User
from foundation.documents.verification import verify
from partnerships.models import Actor, Agreement, Municipality, Partnership, Topic
from tests.conftest import login, make_user
from tests.partnerships.factories import enrol


class Browser:
    """One person who reads pages and sends forms, and is told every refusal."""

    def __init__(self, user):
        self.user = user
        self.client = login(Client(), user)

    def get(self, name, *args):
        answer = self.client.get(reverse(name, args=args))
        assert answer.status_code == 200
        return answer

    def send(self, page, *args, **values):
        answer = self.client.post(reverse(page, args=args), values)
        if answer.status_code != 302:
            raise AssertionError(answer.context["form"].errors)
        notes = self.client.get(answer["Location"]).context["messages"]
        refusals = [str(note) for note in notes if note.level_tag == "error"]
        assert refusals == []
        return answer["Location"]

    def hidden(self, name, field, *args):
        page = self.get(name, *args).content.decode()
        found = re.findall(rf'name="{field}" value="([^"]+)"', page)
        return found[-1]

    def code(self):
        """What the authenticator app of this person shows now."""
        return factor.current_code(self.user)


def words(name, de, en):
    return {f"{name}_de": de, f"{name}_en": en}


@pytest.mark.req("R8")
@pytest.mark.req("R20")
def test_from_an_empty_database_to_the_concluded_agreement(otto, do_work, settings, inbox):
    office = Browser(otto)
    for slug, name, country in (("norrvik", "Norrvik", "SE"), ("lindenau", "Lindenau", "DE")):
        office.send(
            "municipality_new", slug=slug, country=country, kind="city", **words("name", name, name)
        )
    norrvik, lindenau = Municipality.objects.order_by("-slug")
    people = {}
    for name, city in (("Nils", norrvik), ("Lena", lindenau)):
        user = make_user(name, factor=True)
        mandates.grant(user, Role.PARTNER, city, by=otto)
        people[name] = Browser(user)
    nils, lena = people["Nils"], people["Lena"]

    office.send(
        "partnership_new",
        first=norrvik.pk,
        second=lindenau.pk,
        relation="innovation",
        **words("choice_reason", "Beide liegen am Fluss.", "Both lie on a river."),
    )
    slug = Partnership.objects.get().slug
    first, second = Partnership.objects.get().parties.order_by("position")
    office.send(
        "topic_new", slug="data", kind="topic", **words("name", "Offene Daten", "Open data")
    )
    nils.send(
        "goal_new",
        slug,
        baseline="0",
        target="40",
        due_on="2027-12-31",
        **words("title", "Sensordaten öffnen", "Open sensor data"),
        **words("strategy", "Ein Katalog", "One catalogue"),
        **words("indicator", "Zahl der Datensätze", "Number of data sets"),
        **words("unit", "Datensätze", "data sets"),
    )
    lena.send("focus_new", slug, topic=Topic.objects.get().pk, status="adopted")
    lena.send(
        "exchange_format_new", slug, mode="learn", per_year="4", **words("name", "Rat", "Talk")
    )
    for browser, party in ((nils, first), (lena, second)):
        browser.send(
            "actor_new",
            name=f"Hochschule {party}",
            kind="university",
            sector="science",
            is_published="on",
        )
        actor = Actor.objects.get(name=f"Hochschule {party}")
        browser.send("participation_new", slug, actor=actor.pk, party=party.pk)
        browser.send(
            "contact_new",
            slug,
            party=party.pk,
            email="kontakt@example.org",
            **words("function", "Projektleitung", "Project lead"),
        )
    office.send(
        "encounter_new",
        slug,
        on="2026-03-17",
        precision="day",
        state="held",
        both_sides="on",
        **words("title", "Konferenz", "Conference"),
    )
    office.send(
        "partnership_edit",
        slug,
        **words("lead", "Zwei Städte.", "Two cities."),
        **words("choice_reason", "Beide liegen am Fluss.", "Both lie on a river."),
        **words("single_reason", "Der Kontakt bestand schon.", "The contact was there already."),
    )
    office.send(
        "picture_write",
        slug,
        based_on="0",
        **words("text", "Offene Daten für alle.", "Open data for everybody."),
    )
    for browser in (nils, lena):
        browser.send("picture_approve", slug, digest=browser.hidden("partnership", "digest", slug))
    for _ in range(4):
        office.send("partnership_move", slug)
    assert Partnership.objects.get().phase == "agreement"

    office.send("agreement_new", slug)
    number = Agreement.objects.get().number
    where = (slug, number)
    for party, name in ((first, "Tove"), (second, "Berta")):
        office.send("agreement_council", *where, party=party.pk, is_reservation="on")
        office.send(
            "agreement_signatory",
            *where,
            party=party.pk,
            name=f"{name} Exempel",
            email=f"{name}@example.org",
            language="en",
            **words("function", "Bürgermeisterin", "Mayor"),
        )
    office.send("agreement_term", *where, notice_months="6")
    based_on = nils.hidden("agreement_edit_clause", "based_on", *where, "preamble")
    nils.send("agreement_edit_clause", *where, "preamble", de="Neu.", en="New.", based_on=based_on)
    for browser, language in ((nils, "de"), (lena, "en")):
        digest = browser.hidden("agreement_release", "digest", *where, language)
        browser.send(
            "agreement_release", *where, language, digest=digest, name="Silva", function="Texte"
        )
    for browser in (nils, lena):
        digest = browser.hidden("agreement", "digest", *where)
        browser.send("agreement_agree", *where, digest=digest)
    page = office.get("agreement_freeze", *where)
    assert "code" in page.context["form"].fields
    office.send("agreement_freeze", *where, code=office.code())
    do_work()
    assert Agreement.objects.get().state == "collecting"

    for name in ("tove", "berta"):
        user = User.objects.get(email=f"{name}@example.org")
        enrol(user)
        signer = Browser(user)
        page = signer.get("agreement_sign", *where)
        shown = {key: page.context[key] for key in ("version_sha256", "pdf_sha256")}
        assert shown["version_sha256"][:8] in page.content.decode()
        sign = reverse("agreement_sign", args=where)
        assert sign in signer.get("agreement", *where).content.decode()
        signer.send("agreement_sign", *where, **shown, consent="on", code=signer.code())
        assert sign not in signer.get("agreement", *where).content.decode()
    do_work()
    assert Agreement.objects.get().state == "concluded"
    pdf = lena.client.get(reverse("agreement_pdf", args=where))
    assert verify(pdf.content).verdict == "valid-test"
    assert number in inbox[-1].subject
    nils.send("agreement_publish", *where)
    lena.send("agreement_publish", *where)
    office.send("partnership_publish", slug)
    stranger = Client()
    assert stranger.get(reverse("agreement_pdf", args=where)).content == pdf.content
    assert number in stranger.get(reverse("partnership", args=[slug])).content.decode()
