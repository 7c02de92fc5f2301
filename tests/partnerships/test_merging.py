"""Two entries become one, with all that hangs on them, and can be parted again."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from foundation.audit import trail
from partnerships.course import participation, phases
from partnerships.directory import checkups, directory, merging
from partnerships.models import Actor, ActorCheckup, ActorContact, ActorMerge
from tests.conftest import login
from tests.partnerships.factories import both


@pytest.fixture
def pair(bielefeld):
    topic = directory.list_topic("iot", name=both("Internet der Dinge"), by=None)
    kept = directory.list_actor(
        "Hochschule Bielefeld", kind="university", sector="science", municipality=bielefeld, by=None
    )
    dropped = directory.list_actor(
        "HS Bielefeld", kind="university", sector="science", website="https://example.org",
        topics=[topic], by=None,
    )  # fmt: skip
    return kept, dropped


def places_of(actor):
    return [str(place.partnership) for place in actor.participations.all()]


def test_everything_moves_and_the_old_address_leads_on(client, pair, partnership, otto):
    kept, dropped = pair
    phases.publish_partnership(partnership, by=otto)
    party = partnership.parties.get(position=1)
    participation.take_part(partnership, dropped, party=party, by=None)
    third = directory.list_actor("Dritte", kind="sme", sector="business", by=None)
    merging.merge(dropped, third, by=otto)
    made = merging.merge(kept, dropped, by=otto)
    kept.refresh_from_db()
    assert places_of(kept) == [str(partnership)]
    assert (kept.website, kept.topics.count()) == ("https://example.org", 1)
    for slug in (dropped.slug, third.slug):
        answer = client.get(reverse("actor", args=[slug]))
        assert answer["Location"] == reverse("actor", args=[kept.slug])
    assert [str(each) for each in Actor.objects.visible_to(otto)] == ["Hochschule Bielefeld"]
    assert "actor.merged" in [each.verb for each in trail.history_of(kept)]
    merging.part(made, by=otto)
    kept.refresh_from_db()
    assert (places_of(kept), places_of(dropped)) == ([], [str(partnership)])
    assert (kept.website, kept.topics.count()) == ("", 0)
    assert client.get(reverse("actor", args=[dropped.slug])).status_code == 200
    with pytest.raises(merging.NotMerged):
        merging.part(made, by=otto)


def test_what_would_stand_twice_is_set_aside_and_comes_back(pair, partnership, otto):
    kept, dropped = pair
    party = partnership.parties.get(position=1)
    for actor in pair:
        participation.take_part(partnership, actor, party=party, role=both("Labor"), by=None)
    made = merging.merge(kept, dropped, by=otto)
    assert (places_of(kept), places_of(dropped)) == ([str(partnership)], [])
    merging.part(made, by=otto)
    assert places_of(kept) == places_of(dropped) == [str(partnership)]
    assert str(dropped.participations.get().role) == "Labor"


def test_only_two_standing_entries_can_be_merged(pair, otto):
    kept, dropped = pair
    with pytest.raises(merging.NotMergeable):
        merging.merge(kept, kept, by=otto)
    merging.merge(kept, dropped, by=otto)
    with pytest.raises(merging.NotMergeable):
        merging.merge(kept, dropped, by=otto)
    with pytest.raises(IntegrityError), transaction.atomic():
        Actor.objects.filter(pk=dropped.pk).update(is_published=True)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE partnerships_actor SET is_published = false, merged_into_id = id WHERE id = %s",
            [kept.pk],
        )


def test_the_name_of_a_merged_entry_is_free_again(pair, otto):
    kept, dropped = pair
    merging.merge(kept, dropped, by=otto)
    again = directory.list_actor("HS Bielefeld", kind="sme", sector="business", by=None)
    assert again.slug == "hs-bielefeld-2"


def test_the_office_sees_what_moves_before_it_merges(client, pair, partnership, otto, paula):
    kept, dropped = pair
    party = partnership.parties.get(position=1)
    participation.take_part(partnership, dropped, party=party, by=None)
    url = reverse("actor_merge", args=[kept.slug])
    assert login(client, paula).get(url).status_code == 403
    login(client, otto)
    assert dropped in client.get(url, {"q": "HS Bielefeld"}).context["similar"]
    look = client.get(url, {"other": dropped.slug})
    assert [count for _what, count in look.context["plan"]] == [1]
    assert not ActorMerge.objects.exists()
    client.post(url, {"other": dropped.slug})
    made = ActorMerge.objects.get()
    client.post(reverse("actor_part", args=[kept.slug, made.pk]))
    assert places_of(dropped) == [str(partnership)]


def test_the_old_address_does_not_tell_the_name_of_a_hidden_entry(client, pair, otto):
    kept, dropped = pair
    merging.merge(kept, dropped, by=otto)
    Actor.objects.filter(pk=kept.pk).update(is_published=False)
    old = reverse("actor", args=[dropped.slug])
    assert client.get(old).status_code == 404
    assert kept.slug in login(client, otto).get(old)["Location"]


def test_entries_are_not_parted_when_the_name_was_given_away(client, pair, otto):
    kept, dropped = pair
    made = merging.merge(kept, dropped, by=otto)
    directory.list_actor("HS Bielefeld", kind="sme", sector="business", by=None)
    login(client, otto)
    url = reverse("actor_part", args=[kept.slug, made.pk])
    page = client.post(url, headers={"accept-language": "en"}, follow=True)
    assert "Another entry has the name “HS Bielefeld” by now." in page.content.decode()
    made.refresh_from_db()
    assert made.undone_at is None


def test_what_was_set_aside_in_another_state_comes_back_in_it(pair, otto):
    kept, dropped = pair
    today = timezone.localdate()
    for actor, token in zip(pair, ("a", "b"), strict=True):
        asked = ActorCheckup.objects.create(actor=actor, due_on=today, token_digest=token)
        checkups.confirm(asked)
    made = merging.merge(kept, dropped, by=otto)
    assert [each.actor for each in ActorCheckup.objects.all()] == [kept]
    merging.part(made, by=otto)
    assert dropped.checkups.get().state == "confirmed"


def test_what_was_entered_anew_meanwhile_is_a_sentence(pair, otto):
    kept, dropped = pair
    today = timezone.localdate()
    for actor, token in zip(pair, ("a", "b"), strict=True):
        ActorCheckup.objects.create(actor=actor, due_on=today, token_digest=token)
    made = merging.merge(kept, dropped, by=otto)
    ActorCheckup.objects.create(actor=dropped, due_on=today, token_digest="c")
    with pytest.raises(merging.NotMerged) as refusal:
        merging.part(made, by=otto)
    assert refusal.value.code == "cannot-part"
    made.refresh_from_db()
    assert made.undone_at is None


def test_the_address_of_an_entry_that_was_merged_is_gone(pair, otto):
    for actor in pair:
        checkups.set_contact(actor, f"{actor.slug}@example.org", by=None)
    kept, dropped = pair
    made = merging.merge(kept, dropped, by=otto)
    assert [each.actor for each in ActorContact.objects.all()] == [kept]
    merging.part(made, by=otto)
    assert not ActorContact.objects.filter(actor=dropped).exists()
