"""Setting a vision aside: with a public reason, and with a way back as a draft."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from formats.models import Vision
from formats.weighing import visions, work_orders
from foundation import states
from foundation.audit import trail
from foundation.languages import LocalizedText
from tests.conftest import login
from tests.formats.factories import make_adopted_vision, make_vision, make_work_order, text

ENGLISH = {"accept-language": "en"}
REASON = {"reason_de": "Der Landkreis baut es selbst.", "reason_en": "The district builds it."}


def test_an_adopted_vision_is_set_aside_with_a_reason_that_everybody_reads(client, otto):
    vision = make_adopted_vision(otto)

    login(Client(), otto).post(reverse("vision_set_aside", args=[vision.slug]), REASON)

    page = client.get(reverse("vision", args=[vision.slug]), headers=ENGLISH).content.decode()
    assert "This vision is set aside." in page and "The district builds it." in page
    assert "Set aside</a>" not in page and "Take it up again" not in page
    verbs = list(trail.history_of(vision).values_list("verb", flat=True))
    assert verbs[-1] == "state.set_aside"


def test_a_draft_that_is_set_aside_stays_inside(client, otto, dora):
    vision = make_vision(otto)
    visions.set_aside(vision, reason=text("Zu teuer"), by=otto)
    path = reverse("vision", args=[vision.slug])

    assert client.get(path).status_code == 404
    assert "Zu teuer" in login(Client(), dora).get(path).content.decode()


def test_without_a_reason_nothing_happens(otto):
    vision = make_vision(otto)

    with pytest.raises(visions.ReasonMissing):
        visions.set_aside(vision, reason=LocalizedText(), by=otto)
    page = login(Client(), otto).post(
        reverse("vision_set_aside", args=[vision.slug]), {"reason_de": " "}
    )

    assert page.status_code == 200 and "reason_de" in page.context["form"].errors
    assert Vision.objects.get(pk=vision.pk).state == "draft"


def test_the_database_knows_no_vision_set_aside_without_a_reason(otto):
    vision = make_vision(otto)

    with pytest.raises(IntegrityError), transaction.atomic():
        states.advance(vision, Vision.State.SET_ASIDE, by=otto)
        connection.check_constraints()


def test_taken_up_again_it_is_a_draft_and_is_adopted_anew(client, otto):
    vision = make_adopted_vision(otto)
    order = make_work_order(otto, vision=vision)
    visions.set_aside(vision, reason=text("Kein Geld"), by=otto)
    with pytest.raises(work_orders.VisionNotAdopted):
        make_work_order(otto, vision=vision)

    login(Client(), otto).post(reverse("vision_take_up", args=[vision.slug]))

    vision.refresh_from_db()
    assert (vision.state, vision.adopted_in, bool(vision.set_aside_reason)) == (
        "draft", None, False,
    )  # fmt: skip
    assert client.get(reverse("vision", args=[vision.slug])).status_code == 404
    # The order that followed from it goes on, without a link that leads nowhere.
    page = client.get(reverse("work_order", args=[order.number])).content.decode()
    assert str(vision.title) in page and reverse("vision", args=[vision.slug]) not in page


def test_what_was_never_set_aside_cannot_be_taken_up(otto):
    vision = make_adopted_vision(otto)

    answer = login(Client(), otto).post(
        reverse("vision_take_up", args=[vision.slug]), follow=True, headers=ENGLISH
    )

    assert "This step is not possible now." in answer.content.decode()
    assert Vision.objects.get(pk=vision.pk).state == "adopted"
