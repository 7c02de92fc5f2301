"""Open data keep to themselves what is not public, and come page by page."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from formats.models import Body
from formats.sittings import agenda, papers
from foundation.documents.rendering import render_pdf
from tests.formats.factories import make_body, make_meeting, text
from tests.formats.rooms import DAY, five, invited, opened
from tests.formats.test_oparl import KINDS, get
from tests.formats.test_sessions import vote


def test_what_is_not_public_never_leaks(client, otto):
    members = five(otto)
    meeting, _item = opened(otto, members)
    hidden = agenda.add_item(meeting, text("Geheim"), is_public=False, by=otto)
    agenda.admit_late(hidden, by=otto)
    vote(hidden, yes=5, no=0, abstain=0, by=otto, wording="Vertraulicher Beschluss")
    shown = agenda.add_item(meeting, text("Offen"), by=otto)
    paper = render_pdf("<p>Karte</p>", title="Karte", language="de")
    secret = papers.attach(shown, name="Vermerk", data=paper, is_public=False, by=otto)
    for kind in KINDS:
        words = client.get(reverse("oparl_list", args=[kind])).content.decode()
        for secret_word in ("Geheim", "Vertraulicher", "Vermerk", "ada@example.org", '"Ada'):
            assert secret_word not in words
    for kind, key in (
        ("agendaitem", hidden.pk), ("paper", secret.pk), ("file", f"unterlage-{secret.pk}"),
        ("meeting", "1999-9"), ("meeting", "unsinn"), ("organization", "kein"),
        ("file", f"niederschrift-{meeting.year}-{meeting.ordinal}"), ("person", "1"),
    ):  # fmt: skip
        assert client.get(reverse("oparl_object", args=[kind, key])).status_code == 404
    place = [meeting.year, meeting.ordinal, secret.pk]
    assert client.get(reverse("paper", args=place)).status_code == 404
    assert client.get(reverse("oparl_list", args=["secrets"])).status_code == 404
    Body.objects.update(is_public=False)
    for kind in ("organization", "membership", "meeting", "agendaitem", "paper", "file"):
        assert get(client, reverse("oparl_list", args=[kind]))["data"] == []


def test_lists_have_pages_and_can_be_narrowed(client, otto, monkeypatch):
    for _ in range(3):
        make_meeting(otto)
    monkeypatch.setattr("formats.views.oparl.ON_A_PAGE", 2)
    first = get(client, reverse("oparl_list", args=["meeting"]))
    assert (first["pagination"]["totalElements"], first["pagination"]["totalPages"]) == (3, 2)
    second = get(client, first["links"]["next"])
    assert len(second["data"]) == 1 and second["links"]["prev"] == first["links"]["self"]
    tomorrow = (timezone.now() + DAY).isoformat()
    address = reverse("oparl_list", args=["meeting"])
    narrowed = client.get(address, {"modified_since": tomorrow}).json()
    assert narrowed["data"] == []
    assert client.get(address, {"modified_since": "gestern"}).json()["data"] != []


@pytest.mark.parametrize("many", [1, 3])
def test_three_sessions_cost_the_list_no_more_than_one(
    client, otto, many, django_assert_num_queries
):
    make_body(otto)
    for _ in range(many):
        invited(otto)
    with django_assert_num_queries(5):
        client.get(reverse("oparl_list", args=["meeting"]))
