"""Public pages need at most eight queries, however much there is to show."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from partnerships.course import encounters, exchange_formats, focuses, participation, phases
from partnerships.deeds import goals, projects
from partnerships.directory import directory
from partnerships.models import Statement, Topic
from tests.partnerships.factories import both, collecting

pytestmark = pytest.mark.usefixtures("seal")
MOST = 8


def grow(partnership, n):
    """One more of everything that a partnership's page lists."""
    goals.set_goal(
        partnership,
        title=both(f"Ziel {n}"),
        unit=both("Stück"),
        baseline=Decimal(1),
        baseline_on=dt.date(2026, 1, 1),
        target=Decimal(9),
        due_on=dt.date(2027, 1, 1),
        by=None,
    )
    topic = directory.list_topic(f"t{n}", name=both(f"Thema {n}"), by=None)
    focuses.propose(partnership, topic, by=None)
    form = exchange_formats.promise(partnership, name=both(f"F{n}"), per_year=2, by=None)
    encounters.note(
        partnership, title=both("T"), on=dt.date(2026, 1, n + 1), exchange_format=form, by=None
    )
    Statement.objects.create(
        partnership=partnership, role="Rolle", text=both("Wort"), language="de", source="Quelle"
    )
    for party in partnership.parties.all():
        actor = directory.list_actor(
            f"Firma {n} {party}",
            kind="company",
            sector="business",
            municipality=party.municipality,
            topics=[topic],
            by=None,
        )
        participation.take_part(partnership, actor, party=party, by=None)
    project = projects.catch_idea(partnership, title=both(f"Projekt {n}"), by=None)
    projects.publish(project, by=None)
    for party in partnership.parties.all():
        own = partnership.participations.filter(party=party).order_by("pk")[0]
        projects.join(project, own.actor, party=party, by=None)


def counted(client, django_assert_max_num_queries, url):
    with django_assert_max_num_queries(MOST) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_public_pages_with_one_and_with_three_of_everything(
    client, draft, otto, bruno, paula, django_assert_max_num_queries
):
    partnership = draft.partnership
    phases.publish_partnership(partnership, by=otto)
    collecting(draft, otto, bruno, paula)
    grow(partnership, 7)
    urls = [
        reverse("partnership_list"),
        reverse("partnership", args=[partnership.slug]),
        reverse("municipality", args=["tampere"]),
        reverse("topic", args=["iot"]),
        reverse("actor_list"),
        reverse("actor", args=["hochschule-tampere"]),
    ]
    one = [counted(client, django_assert_max_num_queries, url) for url in urls]
    for n in range(3):
        grow(partnership, n)
    assert Topic.objects.count() == 5
    three = [counted(client, django_assert_max_num_queries, url) for url in urls]
    assert three == one
