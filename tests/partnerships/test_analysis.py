"""Comparing candidates: points with reasons, a provisional ranking, a decision, a partnership."""

from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from partnerships.cities import analyses, comparisons, criteria, scores
from partnerships.course import phases
from partnerships.directory import directory
from partnerships.models import ConnectionPoint, Ranking, Score
from tests.conftest import login
from tests.partnerships.factories import both

Kind = ConnectionPoint.Kind
SIX = {"de": list("abcdef"), "en": list("abcdef")}


@pytest.fixture
def analysis(bielefeld, otto):
    made = analyses.begin(bielefeld, title="Wer passt?", with_proposals=False, by=otto)
    for name in ("Infrastruktur", "Digitalisierung"):
        analyses.set_criterion(made, name=both(name), anchors=SIX, by=otto)
    return made


@pytest.fixture
def turku(db):
    return directory.list_municipality("turku", name=both("Turku"), country="FI", by=None)


@pytest.fixture
def two(analysis, tampere, turku, otto):
    """Tampere and Turku, both scored by both criteria: 5 and 4, 3 and 4."""
    first, second = (analyses.add_candidate(analysis, city, by=otto) for city in (tampere, turku))
    for candidate, points in ((first, (5, 4)), (second, (3, 4))):
        for criterion, each in zip(analysis.criteria.all(), points, strict=True):
            scores.score(candidate, criterion, each, f"Grund {each}", by=otto)
    return first, second


def board(analysis):
    lines = scores.board(analysis, list(analysis.criteria.all()))
    return [(str(line.candidate), line.mean, line.place) for line in lines]


@pytest.mark.req("R46")
def test_the_proposed_criteria_have_six_anchors_in_both_languages(bielefeld, otto):
    made = analyses.begin(bielefeld, title="Vorschlag", by=otto)
    found = list(made.criteria.all())
    assert len(found) == len(criteria.PROPOSALS) == 12
    assert found[0].name.get("de") == "Infrastruktur"
    assert "Digitalisierungsmaßnahmen" in found[1].name.get("de")
    for each in found:
        assert [len(each.anchors_in(language)) for language in ("de", "en")] == [6, 6]
        assert len(set(each.anchors_in("de"))) == 6
    with pytest.raises(analyses.AnchorsMissing):
        analyses.set_criterion(made, name=both("X"), anchors={"de": ["nur", "zwei"]}, by=otto)


@pytest.mark.req("R46")
def test_points_need_a_reason_and_a_scale(analysis, two, otto):
    candidate, criterion = two[0], analysis.criteria.first()
    with pytest.raises(scores.ReasonMissing, match="Infrastruktur"):
        scores.score(candidate, criterion, 3, "  ", by=otto)
    with pytest.raises(scores.OutOfScale):
        scores.score(candidate, criterion, 6, "zu viel", by=otto)
    for wrong in ({"points": 6}, {"reason": " "}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Score.objects.filter(candidate=candidate, criterion=criterion).update(**wrong)


def test_a_score_joins_one_open_analysis(analysis, two, bielefeld, otto):
    other = analyses.begin(bielefeld, title="Andere", by=otto)
    with pytest.raises(IntegrityError, match="one open analysis"), transaction.atomic():
        Score.objects.create(
            candidate=two[0], criterion=other.criteria.first(), points=1, reason="x"
        )


@pytest.mark.req("R161")
def test_the_ranking_is_provisional_dated_and_kept(analysis, two, otto):
    assert board(analysis) == [("Tampere", Fraction(9, 2), 1), ("Turku", Fraction(7, 2), 2)]
    kept = scores.note_ranking(analysis, remark="Stand vor der Reise", by=otto)
    for criterion in analysis.criteria.all():
        scores.score(two[1], criterion, 5, "Nach der Reise", by=otto)
    assert board(analysis)[0][0] == "Turku"
    kept.refresh_from_db()
    assert [(row["city"], row["place"]) for row in kept.rows] == [("tampere", 1), ("turku", 2)]
    assert kept.by == otto
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Ranking.objects.update(remark="anders")


def test_weights_are_off_until_somebody_wants_them(analysis, two, otto):
    heavy = analysis.criteria.first()
    analyses.set_criterion(
        analysis, name=heavy.name, anchors=SIX, weight=3, criterion=heavy, by=otto
    )
    assert board(analysis)[0][1] == Fraction(9, 2)
    analyses.weigh(analysis, True, by=otto)
    assert board(analysis)[0][1] == Fraction(5 * 3 + 4, 4)


def test_equal_means_share_a_place_and_unscored_have_none(analysis, two, ruhr, otto):
    for criterion, points in zip(analysis.criteria.all(), (4, 5), strict=True):
        scores.score(two[1], criterion, points, "gleich", by=otto)
    analyses.add_candidate(analysis, ruhr, by=otto)
    assert [place for _name, _mean, place in board(analysis)] == [1, 1, None]


@pytest.fixture
def ruhr(db):
    return directory.list_municipality("ruhr", name=both("Ruhr"), country="DE", by=None)


@pytest.mark.req("R45")
def test_a_decision_needs_two_scored_candidates_or_a_reason(analysis, tampere, otto):
    only = analyses.add_candidate(analysis, tampere, by=otto)
    with pytest.raises(analyses.CandidateTwice):
        analyses.add_candidate(analysis, tampere, by=otto)
    with pytest.raises(analyses.CandidateTwice, match="home city"):
        analyses.add_candidate(analysis, analysis.home, by=otto)
    with pytest.raises(analyses.NotCompared):
        analyses.decide(analysis, only, reason=both("Passt"), by=otto)
    with pytest.raises(analyses.NotCompared, match="Note the decision first"):
        analyses.open_partnership(analysis, by=otto)
    analyses.decide(
        analysis, only, reason=both("Passt"), single_reason=both("Förderung verlangt es"), by=otto
    )
    made = analyses.open_partnership(analysis, by=otto)
    assert made.single_reason.get("de") == "Förderung verlangt es"
    assert phases.next_gate(made).is_open


@pytest.mark.req("R45")
@pytest.mark.req("R51")
def test_the_decision_opens_a_partnership_that_knows_why(analysis, two, otto):
    topic = directory.list_topic("iot", name=both("IoT"), by=None)
    comparisons.match_topic(two[0], topic, home_seeks=True, other_offers=True, by=otto)
    comparisons.note_point(two[0], Kind.INDUSTRY, both("Maschinenbau"), by=otto)
    with pytest.raises(comparisons.NothingSaid):
        comparisons.match_topic(two[0], topic, by=otto)
    analyses.decide(analysis, two[0], reason=both("Beste Passung"), by=otto)
    with pytest.raises(analyses.DecidedAlready):
        scores.score(two[0], analysis.criteria.first(), 1, "zu spät", by=otto)
    made = analyses.open_partnership(analysis, by=otto)
    assert [str(party) for party in made.parties.all()] == ["Bielefeld", "Tampere"]
    assert made.choice_reason.get("de") == "Beste Passung"
    assert phases.next_gate(made).is_open
    focus = made.foci.get()
    assert ([str(p) for p in focus.offered_by.all()], [str(p) for p in focus.sought_by.all()]) == (
        ["Tampere"], ["Bielefeld"],
    )  # fmt: skip
    assert str(made.connection_points.get()) == "Maschinenbau"
    with pytest.raises(analyses.DecidedAlready):
        analyses.reconsider(analysis, by=otto)


@pytest.mark.req("R23")
@pytest.mark.req("R61")
def test_similarities_and_complements_are_two_lists(client, analysis, two, otto):
    for kind, text in (
        (Kind.SIMILARITY, "Beide bauen Maschinen"),
        (Kind.COMPLEMENT, "Dort Sensorik, hier Robotik"),
        (Kind.RESEARCH, "Mensch und Maschine"),
    ):
        comparisons.note_point(two[0], kind, both(text), by=otto)
    login(client, otto)
    page = client.get(reverse("candidate", args=[analysis.slug, "tampere"]))
    assert [str(each) for each in page.context["similar"]] == ["Beide bauen Maschinen"]
    assert [str(each) for each in page.context["complementary"]] == ["Dort Sensorik, hier Robotik"]
    assert [each.kind for each in page.context["connections"]] == ["research"]


@pytest.mark.req("R169")
def test_only_office_and_home_city_see_the_analysis(client, analysis, two, bruno, paula, olaf):
    addresses = [
        reverse("analysis", args=[analysis.slug]),
        reverse("candidate", args=[analysis.slug, "tampere"]),
    ]
    for user, status in ((None, 302), (bruno, 200), (paula, 404), (olaf, 404)):
        client.logout()
        if user:
            login(client, user)
        assert [client.get(address).status_code for address in addresses] == [status] * 2
    login(client, bruno)
    assert (
        "Wer passt?" not in client.get(reverse("municipality", args=["tampere"])).content.decode()
    )
    assert client.post(reverse("analysis_rank", args=[analysis.slug])).status_code == 403


def test_the_form_keeps_what_was_typed_and_says_what_is_missing(client, analysis, two, otto):
    login(client, otto)
    address = reverse("candidate_score", args=[analysis.slug, "turku"])
    page = client.post(address, {"points_1": "2", "reason_1": "", "points_2": "", "reason_2": "Ja"})
    assert page.status_code == 200
    assert set(page.context["form"].errors) == {"reason_1", "points_2"}
    assert page.context["form"]["reason_2"].value() == "Ja"
    client.post(address, {"points_1": "0", "reason_1": "Nichts belegt", "points_2": ""})
    assert Score.objects.get(candidate=two[1], criterion__position=1).points == 0
    assert Score.objects.get(candidate=two[1], criterion__position=2).points == 4


def test_the_pages_cost_the_same_with_more_candidates(
    client, analysis, tampere, turku, ruhr, otto, django_assert_max_num_queries
):
    login(client, otto)
    addresses = [
        reverse("analysis_list"),
        reverse("analysis", args=[analysis.slug]),
        reverse("candidate", args=[analysis.slug, "tampere"]),
    ]

    def add(city):
        candidate = analyses.add_candidate(analysis, city, by=otto)
        for criterion in analysis.criteria.all():
            scores.score(candidate, criterion, 3, "Grund", by=otto)
        topic = directory.list_topic(f"t-{city.slug}", name=both("T"), by=None)
        comparisons.match_topic(candidate, topic, home_seeks=True, by=otto)
        scores.note_ranking(analysis, by=otto)

    def costs():
        found = []
        for address in addresses:
            with django_assert_max_num_queries(25) as seen:
                assert client.get(address).status_code == 200
            found.append(len(seen))
        return found

    add(tampere)
    one = costs()
    add(turku)
    add(ruhr)
    analyses.begin(analysis.home, title="Noch eine", by=otto)
    assert costs() == one


def test_the_bars_say_their_values_and_leave_gaps_dashed(client, analysis, two, ruhr, otto):
    analyses.add_candidate(analysis, ruhr, by=otto)
    login(client, otto)
    page = client.get(reverse("analysis", args=[analysis.slug])).content.decode()
    assert page.count('role="img"') >= 2
    assert page.count('class="ahead"') == 2
    assert page.count('<rect class="fill"') == 4
