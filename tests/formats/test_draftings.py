"""The wall of a session: many devices, one address, groups by the chair."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from formats.models import Drafting, Snippet, SnippetGroup
from formats.weighing import draftings
from foundation.posting import once
from foundation.posting.limits import TooOften
from tests.conftest import login
from tests.formats.factories import make_meeting, text

ENGLISH = {"accept-language": "en"}


@pytest.fixture
def wall(otto) -> Drafting:
    return draftings.begin(make_meeting(otto), text("Was fehlt?", "What is missing?"), by=otto)


@pytest.mark.req("R104")
def test_devices_write_the_chair_sorts_and_a_vision_begins_with_the_group(otto, wall):
    path = reverse("drafting", args=[wall.code])
    for words in ("Bänke", "Brunnen", "Quatsch"):
        Client().post(path, {"text": words})
    bench, well, nonsense = Snippet.objects.all()
    office = login(Client(), otto)

    office.post(
        reverse("drafting_sort", args=[wall.code]),
        {
            f"heading_{bench.pk}": "Schatten",
            f"heading_{well.pk}": "Schatten",
            f"hidden_{nonsense.pk}": "on",
        },
    )

    page = Client().get(reverse("drafting_wall", args=[wall.code])).content.decode()
    assert page.index("Schatten") < page.index("Bänke") < page.index("Brunnen")
    assert "Quatsch" not in page
    group = SnippetGroup.objects.get()
    vision = office.get(f"{reverse('vision_create')}?gruppe={group.pk}")
    assert vision.context["form"].initial == {"title_de": "Schatten", "text_de": "Bänke\nBrunnen"}


def test_a_device_takes_back_its_own_text_and_no_other(wall):
    path = reverse("drafting", args=[wall.code])
    mine, other = Client(), Client()
    mine.post(path, {"text": "Bänke"})
    snippet = Snippet.objects.get()
    back = reverse("snippet_take_back", args=[wall.code, snippet.pk])

    other.post(back)
    assert Snippet.objects.exists()
    mine.post(back)
    assert not Snippet.objects.exists()


def test_one_device_is_slowed_down_and_the_room_is_not(wall):
    for n in range(40):
        draftings.write(wall, f"Wort {n}", device="eins")
    with pytest.raises(TooOften):
        draftings.write(wall, "noch eins", device="eins")

    assert draftings.write(wall, "Bänke", device="zwei").pk


def test_a_closed_wall_keeps_what_was_typed(otto, wall):
    draftings.close(wall, by=otto)

    page = Client().post(
        reverse("drafting", args=[wall.code]), {"text": "Zu spät"}, headers=ENGLISH
    )

    assert "The chair has closed the wall." in page.content.decode()
    assert "Zu spät" in page.content.decode()
    assert not Snippet.objects.exists()


def test_a_text_stays_on_its_own_wall(otto, wall):
    other = draftings.begin(make_meeting(otto), text("Anderes"), by=otto)
    group = SnippetGroup.objects.create(drafting=other, title="Fremd")
    snippet = draftings.write(wall, "Bänke", device="eins")

    with pytest.raises(IntegrityError, match="snippet_group_of_drafting"), transaction.atomic():
        Snippet.objects.filter(pk=snippet.pk).update(group=group)
        connection.check_constraints()


@pytest.mark.parametrize("many", [1, 3])
def test_the_wall_asks_as_much_for_three_groups_as_for_one(
    client, otto, wall, many, django_assert_num_queries
):
    for n in range(many):
        snippet = draftings.write(wall, f"Wort {n}", device="eins")
        draftings.sort({snippet: f"Gruppe {n}"}, by=otto)
    client.get(reverse("drafting_wall", args=[wall.code]))

    with django_assert_num_queries(4):
        client.get(reverse("drafting_wall", args=[wall.code]))


def test_a_double_click_on_the_first_text_leaves_it_ones_own(wall):
    path = reverse("drafting", args=[wall.code])
    typed = {"text": "Bänke", once.FIELD: "k" * 32}
    clicks = [Client(), Client()]
    for client in clicks:
        client.post(path, typed)
    assert Snippet.objects.count() == 1
    for client in clicks:
        assert [each.text for each in client.get(path).context["own"]] == ["Bänke"]


def test_a_visitor_without_cookies_cannot_fill_a_wall_at_one_go(otto, wall):
    other = draftings.begin(make_meeting(otto), text("Anderes"), by=otto)
    for n in range(draftings.ON_WALL.at_most):
        draftings.write(wall, f"Wort {n}", device=f"neu {n}")
    with pytest.raises(TooOften):
        draftings.write(wall, "noch eins", device="wieder neu")
    assert draftings.write(other, "Bänke", device="wieder neu").pk


def test_a_full_wall_takes_texts_again_once_some_are_off_it(otto, wall):
    rows = [Snippet(drafting=wall, text=f"Mist {n}", device="x") for n in range(draftings.MOST)]
    Snippet.objects.bulk_create(rows)
    with pytest.raises(draftings.WallClosed, match="full"):
        draftings.write(wall, "Bänke", device="eins")
    assert draftings.hide(wall, words="mist", by=otto) == draftings.MOST
    assert draftings.write(wall, "Bänke", device="eins").pk


def test_the_chair_takes_many_texts_off_the_wall_and_puts_them_back(otto, wall):
    kept, group, old, spam = (
        draftings.write(wall, words, device=words)
        for words in ("Bänke", "Mist mit Titel", "Mist von früher", "Mist")
    )
    draftings.sort({group: "Gruppe"}, by=otto)
    Snippet.objects.filter(pk=old.pk).update(written_at="2026-01-01T00:00Z")
    office = login(Client(), otto)
    act = reverse("drafting_hide", args=[wall.code])

    def hidden() -> set[int]:
        return set(Snippet.objects.filter(is_hidden=True).values_list("pk", flat=True))

    office.post(act, {"act": "off", "words": "Mist", "minutes": "15"})
    assert hidden() == {spam.pk}
    office.post(act, {"act": "off", "words": "Mist"})
    assert hidden() == {spam.pk, old.pk}
    sort = reverse("drafting_sort", args=[wall.code])
    shown = office.get(sort).context["form"].snippets
    assert shown == [kept, group]
    assert office.get(f"{sort}?zeigen=verborgen").context["form"].snippets == [old, spam]
    office.post(act, {"act": "back"})
    assert hidden() == set()
    office.post(act, {"act": "never"})
    assert hidden() == set()


def test_sorting_goes_page_by_page_and_touches_what_was_sent_only(otto, wall):
    rows = [Snippet(drafting=wall, text=f"Wort {n}", device="x") for n in range(120)]
    Snippet.objects.bulk_create(rows)
    first, second, *_rest, last = Snippet.objects.all()
    office = login(Client(), otto)
    sort = reverse("drafting_sort", args=[wall.code])
    assert len(office.get(sort).context["form"].snippets) == 50
    assert office.get(f"{sort}?page=3").context["form"].snippets[-1] == last
    draftings.sort({second: "Bleibt"}, by=otto)
    answer = office.post(f"{sort}?page=3", {f"heading_{last.pk}": "Neu", f"heading_{first.pk}": ""})
    assert answer["Location"] == f"{sort}?page=3"
    headings = {each.pk: str(each.group) for each in Snippet.objects.exclude(group=None)}
    assert headings == {second.pk: "Bleibt", last.pk: "Neu"}
