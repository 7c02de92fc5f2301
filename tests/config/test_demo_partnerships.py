"""Topics and both partnerships of the demonstration: what the sources name, and who signed how."""

import pytest
from django.urls import reverse

from config.demo import agreements, challenges, first_pair, master, people
from foundation.accounts.models import User
from foundation.texts.models import Comment, Suggestion
from partnerships.models import (
    Agreement,
    Challenge,
    CityChallenge,
    Evidence,
    Partnership,
    Submission,
    Topic,
)
from partnerships.signing import signatures
from partnerships.wording.versions import standing_version
from tests.conftest import login

REAL, INVENTED = "bielefeld-tampere", "lindenau-jaervikoski"
GERMAN = {"accept-language": "de"}


@pytest.fixture(scope="module")
def loaded(ground):
    """Topics, people and the real pair, once for all tests of this module."""
    master.load_master_data()
    challenges.load_challenges()
    cast = people.load_people()
    first_pair.load(cast)
    return {name: user.pk for name, user in cast.items()}


@pytest.fixture
def cast(loaded):
    users = User.objects.in_bulk(loaded.values())
    return {name: users[pk] for name, pk in loaded.items()}


@pytest.fixture
def pair(loaded):
    return Partnership.objects.get(slug=REAL)


def topics_on(client, url):
    """The names of all topics that the page at `url` leads to."""
    page = client.get(url, headers=GERMAN).content.decode()
    return {
        topic.name.get("en")
        for topic in Topic.objects.all()
        if reverse("topic", args=[topic.slug]) in page
    }


@pytest.mark.req("R19")
@pytest.mark.req("R24")
def test_climate_and_environment_lorawan_and_smart_city_are_topics(client, cast):
    with_pages = topics_on(client, reverse("topic_list"))
    assert with_pages >= {"Sustainability", "Climate protection", "Environmental protection"}
    assert with_pages >= {"LoRaWAN", "Smart City"}
    for slug in ("sustainability", "climate", "environment"):
        assert Challenge.objects.filter(topic__slug=slug).exists(), slug


@pytest.mark.req("R41")
def test_each_of_the_four_fields_has_a_shared_challenge(client, cast):
    fields = {"digitalisation", "sustainability", "mobility", "networking"}
    page = client.get(reverse("challenge_list"), headers=GERMAN).content.decode()
    for challenge in Challenge.objects.filter(topic__slug__in=fields):
        assert challenge.title.get("de") in page
        assert CityChallenge.objects.filter(challenge=challenge).count() == 2
        fields.discard(challenge.topic.slug)
    assert fields == set()


@pytest.mark.req("R49")
def test_the_five_topics_of_the_conference_are_those_of_the_partnership(client, pair):
    (conference,) = [f for key, f in master.of("Event") if key == "oic-tre"]
    page = client.get(reverse("partnership", args=[REAL]), headers=GERMAN).content.decode()
    for name in (
        "Internet der Dinge",
        "Smart City",
        "Emissionsfreie Mobilität",
        "Datenstrategie",
        "Datensouveränität",
    ):
        assert name in page
    standing = pair.foci.filter(status="shortlisted").values_list("topic__slug", flat=True)
    assert set(standing) >= set(conference["topics"])
    assert len(conference["topics"]) == 5


def test_the_real_pair_talks_about_a_draft_and_has_signed_nothing(client, pair, cast):
    draft = pair.agreements.get()
    assert (draft.state, draft.versions.count()) == (Agreement.State.DRAFT, 0)
    assert not Evidence.objects.exists()
    suggestion, comment = Suggestion.objects.get(), Comment.objects.get()
    assert (suggestion.suggested_by, comment.written_by) == (cast["tiina"], cast["otto"])
    login(client, cast["otto"], fresh=True)
    url = reverse("agreement_remarks", args=[REAL, draft.number, first_pair.CLAUSE])
    page = client.get(url, headers=GERMAN).content.decode()
    assert comment.text in page
    assert "Tiina Keksitty (Demo)" in page
    assert "<ins>" in page


@pytest.mark.req("R8")
def test_the_invented_pair_signs_by_click_and_on_paper(client, cast):
    for _ in range(2):
        agreements.load_partnerships(cast)
    agreement = Agreement.objects.get(partnership__slug=INVENTED)
    assert agreement.state == Agreement.State.CONCLUDED
    version = standing_version(agreement)
    kinds = [
        [evidence.kind for evidence in each.given] for each in signatures.evidence_by_party(version)
    ]
    assert kinds == [["click"], ["paper"]]
    scan = Submission.objects.get()
    assert scan.file.media_type == "image/png"
    assert {scan.brought_by, scan.comparisons.get().reviewer}.isdisjoint({cast["paula"]})
    assert scan.comparisons.get().reviewer != scan.brought_by
    assert not Evidence.objects.exclude(version=version).exists()
    file = client.get(reverse("agreement_pdf", args=[INVENTED, agreement.number]))
    assert (file.status_code, file["Content-Type"]) == (200, "application/pdf")
