"""Nothing typed is lost: the form is kept as one goes, with a script or without."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from circles import deadlines
from circles.applying import drafts
from circles.models import Application, Draft
from foundation.mail.models import OutgoingMail
from tests.circles.factories import close_call, make_call
from tests.circles.test_applications import ENGLISH, filled_in, send

pytestmark = pytest.mark.usefixtures("open_ground")


def save(client, call, **changes):
    path = reverse("apply_save", args=[call.circle.slug])
    return client.post(path, filled_in(call, **changes), headers=ENGLISH, follow=True)


def keep(client, call, **changes):
    path = reverse("apply_keep", args=[call.circle.slug])
    return client.post(path, filled_in(call, **changes), headers=ENGLISH)


def form_of(client, call):
    return client.get(reverse("apply", args=[call.circle.slug])).context["form"]


def test_a_saved_form_comes_back_with_every_answer(client, call):
    page = save(client, call).content.decode()

    assert "A mail with the link back is on its way." in page
    form = form_of(client, call)
    criterion = call.criteria.first()
    assert form["name"].value() == "Clara Beispiel"
    assert form["support_needs"].value() == "Kinderbetreuung"
    assert form[f"criterion_{criterion.pk}"].value() == "yes"
    assert not Application.objects.exists()


def test_the_link_of_the_mail_opens_it_in_another_browser(client, call, do_work, inbox):
    save(client, call)
    do_work()
    token = re.search(r"/weiter/([\w-]+)/", inbox[-1].body)[1]
    elsewhere = Client()

    led = elsewhere.get(reverse("apply_resume", args=[token]))

    assert led["Location"] == reverse("apply", args=[call.circle.slug])  # without the token
    assert form_of(elsewhere, call)["motivation"].value() == "Ich fahre viel Bus."
    mail = OutgoingMail.objects.get(kind="application_draft")
    assert (mail.secret, mail.to, token in mail.body) == (True, "", False)
    assert Client().get(reverse("apply_resume", args=["x" * 32])).status_code == 404


def test_half_a_form_can_be_saved_and_nothing_but_words_is_kept(client, call):
    page = save(client, call, email="clara@", name="", participation="on").content.decode()

    assert "in this browser" in page
    draft = Draft.objects.get()
    assert draft.typed["email"] == "clara@"
    assert {"stamp", "participation", "csrfmiddlewaretoken", "name"} & set(draft.typed) == set()
    assert not OutgoingMail.objects.exists()


def test_a_refused_form_is_kept_too(client, call):
    send(client, call, email="ohne-at")

    assert form_of(client, call)["motivation"].value() == "Ich fahre viel Bus."


def test_the_script_keeps_silently_in_one_draft(client, call):
    first = keep(client, call, motivation="Ich")
    keep(client, call, motivation="Ich fahre")

    assert first.status_code == 204
    assert Draft.objects.get().typed["motivation"] == "Ich fahre"


def test_programs_fill_no_drafts(call):
    assert keep(Client(), call, stamp="x").status_code == 400
    assert keep(Client(), call, nickname="Bob").status_code == 400
    send(Client(), call, email="x", stamp="x")
    assert not Draft.objects.exists()


def test_nor_by_the_button_nor_under_stamps_of_their_own(call):
    for changes in ({"stamp": "x"}, {"stamp": ""}, {"nickname": "Bob"}):
        page = save(Client(), call, **changes).content.decode()
        assert "This form has been altered or is damaged." in page
    assert not Draft.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_only_fields_of_the_form_are_kept_and_no_nul(call, client):
    answer = keep(client, call, motivation="a\0b", unknown="x" * 2000, phone="0521")
    assert answer.status_code == 204
    typed = Draft.objects.get().typed
    assert ("unknown" in typed, "motivation" in typed, typed["phone"]) == (False, False, "0521")


def test_one_page_makes_no_flood_of_drafts(call):
    stamp = filled_in(call)["stamp"]

    answers = [keep(Client(), call, stamp=stamp).status_code for _ in range(9)]

    assert answers == [204] * 8 + [429]


def test_links_to_one_address_are_few(client, call):
    for _ in range(drafts.MAILS_PER_ADDRESS):
        save(client, call)

    page = save(client, call).content.decode()

    assert "That was tried too often." in page
    assert OutgoingMail.objects.count() == drafts.MAILS_PER_ADDRESS


def test_sending_the_form_ends_the_draft(client, call):
    save(client, call)

    send(client, call)

    assert Application.objects.count() == 1
    assert not Draft.objects.exists()
    assert form_of(client, call)["name"].value() is None


def test_beginning_anew(client, call):
    save(client, call)

    client.post(reverse("apply_discard", args=[call.circle.slug]))

    assert not Draft.objects.exists()


def test_drafts_go_after_a_week_and_a_foreign_one_is_not_found(client, call, otto):
    save(client, call)
    other = make_call(otto)
    token = client.session[f"application-draft-{call.pk}"]

    assert drafts.find(other, token) is None
    assert deadlines.forget_old_forms() == 0
    Draft.objects.update(saved_at=timezone.now() - dt.timedelta(days=7, seconds=1))
    assert deadlines.forget_old_forms() == 1
    assert not Draft.objects.exists()


def test_what_was_typed_until_the_deadline_is_shown_after_it(client, call):
    save(client, call)
    close_call(call)

    answer = send(client, call)

    assert "What you typed is still here" in answer.content.decode()
    assert answer.context["form"]["name"].value() == "Clara Beispiel"
