"""The learning networks of the demonstration: innOpeers 2020 as told, and an invented one."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from config.demo import learning, master, people
from formats.models import Cohort, CohortMember, Consultation
from foundation.accounts.models import User
from tests.conftest import login

GERMAN = {"accept-language": "de"}
REAL = ("Hölzle", "Leimüller", "Göcke", "Kröger", "Gorczany")


def page(name: str, *args, client: Client | None = None) -> str:
    answer = (client or Client()).get(reverse(name, args=args), headers=GERMAN)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.req("R67")
@pytest.mark.req("R69")
@pytest.mark.req("R70")
@pytest.mark.req("R75")
@pytest.mark.req("R78")
def test_all_of_it(db, do_work):
    """One load for everything that is looked at: it takes seconds."""
    office = people.load_people()["otto"]
    master.load_master_data()
    for _twice in range(2):
        learning.load_learning(office)
    do_work()

    innopeers_is_complete()
    the_invented_cohort_is_in_the_middle_of_a_case()


def innopeers_is_complete():
    words = page("learning_network", "innopeers")
    for expected in (
        "Stifterverband", "innOsci", "Jahrgang 2020", "archiviert", "27. März 2020",
        "13 Personen aus Unternehmen und anderen Organisationen", "13 Personen waren dabei",
        "Innovationskultur in Unternehmen", "Strategische Verankerung von Offenheit",
        "Digitale Ökosysteme für Open Innovation", "bis Juni 2020", "Hasso-Plattner-Institut",
        "winnovation", "Hochschule Nordhausen", "Wie innovativ sie ist, spielt keine Rolle",
        "Rahmenbedingungen für Offene Innovation verbessern",
        reverse("cohort_programme", args=["innopeers", 2020, "de"]),
    ):  # fmt: skip
        assert expected in words
    assert [name for name in REAL if name in words] == []
    kinds = [each.kind for each in Cohort.objects.get(year=2020).sessions.in_order()]
    assert kinds == ["kick_off", *["webinar"] * 3, "peer_consultation"]
    for name, more in (("cohort_programme", [2020, "en"]), ("recommendation_paper", [1])):
        paper = Client().get(reverse(name, args=["innopeers", *more]))
        assert paper.content.startswith(b"%PDF-")


def the_invented_cohort_is_in_the_middle_of_a_case():
    cohort = Cohort.objects.get(network__slug="demo-offene-werkstatt")
    sizes = [group.members.count() for group in cohort.groups.all()]
    assert sizes == [7, 6]
    running, done = Consultation.objects.order_by("-pk")
    assert (running.phase, done.phase, done.openness) == ("advice", "done", "public")
    dora = login(Client(), User.objects.get(email="dora@example.org"))
    words = page("consultation", cohort.network.slug, cohort.year, running.pk, client=dora)
    assert "Demo" in words
    names = User.objects.filter(pk__in=CohortMember.objects.values("user"))
    outside = names.exclude(email__endswith="@example.org")
    assert list(outside) == []
