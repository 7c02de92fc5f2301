"""The target picture in versions, with contributions that are answered."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from foundation.accounts import mandates
from foundation.accounts.models import Role
from partnerships.course import phases, standing, target_pictures
from partnerships.models import PictureContribution, PictureVersion
from tests.conftest import login, make_user
from tests.partnerships.factories import both, fresh

Answer = PictureContribution.Answer


@pytest.fixture
def thea(partnership):
    user = make_user("Thea")
    mandates.grant(user, Role.PROJECT_TEAM, partnership, by=None)
    return fresh(user)


@pytest.mark.req("R26")
def test_versions_are_kept_and_approvals_belong_to_one(concrete, sides, bruno, paula, otto):
    assert [version.n for version in concrete.picture_versions.all()] == [1]
    for party, user in zip(sides, (bruno, paula), strict=True):
        phases.approve_target_picture(
            concrete, party, digest=phases.picture_digest(concrete), by=user
        )
    target_pictures.write(
        concrete, both("Offene Daten und Hilfe."), based_on=1, note="Hilfe ergänzt", by=otto
    )
    assert "Bielefeld, Tampere" in phases._picture_is_approved(concrete)
    assert [version.n for version in concrete.picture_versions.all()] == [2, 1]
    with pytest.raises(target_pictures.PictureMovedOn):
        target_pictures.write(concrete, both("Anders"), based_on=1, by=otto)
    unchanged = concrete.target_picture
    assert target_pictures.write(concrete, unchanged, based_on=2, by=otto) is None
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        PictureVersion.objects.update(note="anders")
    standing.suspend(concrete, reason=both("Pause"), by=otto)
    with pytest.raises(standing.AtRest):
        target_pictures.write(concrete, both("Neu"), based_on=2, by=otto)


@pytest.mark.req("R26")
def test_every_contribution_gets_an_answer(concrete, otto, thea):
    actor = concrete.participations.first().actor
    said = target_pictures.contribute(concrete, actor=actor, contributor="", text="Mehr", by=thea)
    assert said.contributor == actor.name
    with pytest.raises(target_pictures.ReasonMissing):
        target_pictures.answer(said, Answer.NOT, by=otto)
    target_pictures.answer(said, Answer.PARTLY, reason="Zum Teil", by=otto)
    with pytest.raises(target_pictures.AnsweredAlready):
        target_pictures.answer(said, Answer.TAKEN_UP, by=otto)
    with pytest.raises(IntegrityError, match="refused_with_reason"), transaction.atomic():
        PictureContribution.objects.update(reason="")


def test_there_must_be_something_to_contribute_to(partnership, thea):
    with pytest.raises(target_pictures.NoPictureYet):
        target_pictures.contribute(partnership, contributor="Team", text="Hm", by=thea)


def test_the_page_stands_before_there_is_a_version(client, partnership, otto):
    login(client, otto, fresh=True)
    assert client.get(reverse("picture", args=[partnership.slug])).status_code == 200


@pytest.mark.req("R26")
def test_the_project_team_writes_the_picture_and_nothing_else(client, concrete, thea, olaf):
    login(client, thea)
    slug = concrete.slug
    typed = {"text_de": "Neu", "text_en": "New", "note": "", "based_on": "1"}
    assert client.post(reverse("picture_write", args=[slug]), typed).status_code == 302
    said = {"contributor": "Team", "text": "Mehr Grün"}
    assert client.post(reverse("picture_contribute", args=[slug]), said).status_code == 302
    assert client.get(reverse("partnership_edit", args=[slug])).status_code == 403
    login(client, olaf)
    assert client.get(reverse("picture", args=[slug])).status_code == 404


def test_who_was_overtaken_keeps_the_words_and_may_save_on_top(client, concrete, otto, thea):
    login(client, thea)
    address = reverse("picture_write", args=[concrete.slug])
    target_pictures.write(concrete, both("Von Otto"), based_on=1, by=otto)
    typed = {"text_de": "Von Thea", "text_en": "By Thea", "note": "", "based_on": "1"}
    page = client.post(address, typed)
    assert page.status_code == 200
    form = page.context["form"]
    assert (form["text_de"].value(), form["based_on"].value()) == ("Von Thea", 2)
    assert client.post(address, {**typed, "based_on": "2"}).status_code == 302
    assert [version.n for version in concrete.picture_versions.all()] == [3, 2, 1]


def test_strangers_read_versions_but_no_contributions(client, concrete, otto):
    target_pictures.write(concrete, both("Offene Daten für viele."), based_on=1, by=otto)
    target_pictures.contribute(concrete, contributor="Heimatverein", text="Geheim", by=otto)
    phases.publish_partnership(concrete, by=otto)
    page = client.get(reverse("picture", args=[concrete.slug])).content.decode()
    assert "<del>alle.</del>" in page
    assert "<ins>viele.</ins>" in page
    assert "Heimatverein" not in page


def test_more_versions_cost_the_same(client, concrete, otto, django_assert_max_num_queries):
    phases.publish_partnership(concrete, by=otto)
    address = reverse("picture", args=[concrete.slug])

    def costs():
        with django_assert_max_num_queries(8) as seen:
            client.get(address)
        return len(seen)

    one = costs()
    for n in range(1, 4):
        target_pictures.write(concrete, both(f"Bild {n}"), based_on=n, by=otto)
        target_pictures.contribute(concrete, contributor="Team", text="Ja", by=otto)
    assert costs() == one


def test_words_that_changed_meanwhile_are_not_approved(concrete, sides, bruno, otto):
    seen = phases.picture_digest(concrete)
    standing = target_pictures.newest(concrete)
    target_pictures.write(
        concrete, both("Ein anderes Bild"), based_on=standing.n if standing else 0, by=otto
    )
    with pytest.raises(phases.PictureChanged):
        phases.approve_target_picture(concrete, sides[0], digest=seen, by=bruno)
