"""The office's pages about applications: list, finding, objection, paper; looking is logged."""

from __future__ import annotations

import pytest
from django.db import connection
from django.urls import reverse

from circles.models import Application, ReviewReason
from circles.reviewing import inquiries, objections, reviews
from foundation.accounts import mandates
from foundation.accounts.models import Role
from foundation.audit.models import Sighting
from foundation.mail.models import OutgoingMail
from tests.circles.factories import make_application, make_call, qualify
from tests.conftest import login, make_user

pytestmark = pytest.mark.usefixtures("open_ground")
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def application(call):
    return make_application(call, name="Clara", email="clara@example.org")


@pytest.fixture
def wohnort(call):
    return call.criteria.get(code="wohnort")


@pytest.fixture
def rosa(db):
    return make_user("Rosa", Role.REVIEWER, factor=True)


def reject(application, criterion, *people):
    for person in people:
        reviews.review(application, unmet={criterion: "wohnt woanders"}, by=person)
    application.refresh_from_db()
    return application


def review_path(application) -> str:
    return reverse("application_review", args=[application.call_id, application.reference])


@pytest.mark.parametrize("many", [1, 3, 30])
def test_the_list_asks_ten_questions_at_any_size(
    client, call, otto, many, django_assert_max_num_queries
):
    for _ in range(many):
        make_application(call)
    office = login(client, otto)

    with django_assert_max_num_queries(10):
        office.get(reverse("application_list", args=[call.pk]))


def test_looking_is_logged(client, call, application, otto):
    office = login(client, otto)
    office.get(reverse("application_list", args=[call.pk]))
    office.get(review_path(application))

    seen = Sighting.objects.filter(subject_id=str(application.pk), viewer_id=otto.pk)
    assert list(seen.values_list("purpose", flat=True)) == [
        "application-list",
        "application-review",
    ]


def test_search_and_filter(client, call, application, otto, rita):
    qualify(make_application(call, name="Emil Ernst"), otto, rita)
    path = reverse("application_list", args=[call.pk])
    office = login(client, otto)

    def names(**query):
        return [each.name for each in office.get(path, query).context["page_obj"]]

    assert names(q="ernst") == ["Emil Ernst"]
    assert names(q=application.ticket[:8].upper()) == ["Clara"]
    assert names(state="qualified") == ["Emil Ernst"]
    assert names(state="mine") == ["Clara"]
    assert names(q="niemand") == []


def test_a_ticket_is_found_whatever_its_digits_spell(client, call, application, otto):
    ticket = f"ae0edae{application.ticket[7:]}"
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE circles_application SET ticket = %s WHERE id = %s", [ticket, application.pk]
        )
    path, office = reverse("application_list", args=[call.pk]), login(client, otto)

    for typed in ("AE0E DAE", ticket[:12], ticket):
        page = office.get(path, {"q": typed})
        assert [each.pk for each in page.context["page_obj"]] == [application.pk], typed


def test_the_first_finding_is_hidden_from_the_second_person(
    client, application, wohnort, otto, rita
):
    reviews.review(application, unmet={wohnort: "wohnt woanders"}, by=otto)

    second = login(client, rita).get(review_path(application), headers=ENGLISH).content.decode()

    assert "1 person has looked already." in second
    assert "wohnt woanders" not in second


def test_reviewing_by_the_page(client, application, call, otto):
    office = login(client, otto)
    wohnort, alter = call.criteria.all()
    half = {f"met_{wohnort.pk}": "no", f"met_{alter.pk}": "yes"}

    refused = office.post(review_path(application), half, headers=ENGLISH)
    assert refused.context["form"].errors == {f"reason_{wohnort.pk}": ["Every no needs a reason."]}
    office.post(review_path(application), half | {f"reason_{wohnort.pk}": "wohnt woanders"})

    assert list(ReviewReason.objects.values_list("criterion__code", "reason")) == [
        ("wohnort", "wohnt woanders")
    ]


def test_objections_by_the_page(client, application, wohnort, otto, rita, rosa):
    reject(application, wohnort, otto, rita)
    arguments = [application.call_id, application.reference]
    login(client, otto).post(reverse("objection_record", args=arguments), {"text": "Doch!"})

    refused = login(client, rita).post(
        reverse("objection_decide", args=arguments),
        {"uphold": "yes", "reason": "x"},
        headers=ENGLISH,
    )
    assert "Somebody who did not has to decide." in refused.content.decode()
    login(client, rosa).post(
        reverse("objection_decide", args=arguments), {"uphold": "yes", "reason": "Nachweis"}
    )

    application.refresh_from_db()
    assert application.state == Application.State.QUALIFIED


def test_a_mandate_for_one_call_opens_that_call_only(client, call, application, otto):
    guest = make_user("Gast", factor=True)
    mandates.grant(guest, Role.REVIEWER, call, by=otto)
    other = make_application(make_call(otto))
    visitor = login(client, guest)

    assert visitor.get(review_path(application)).status_code == 200
    assert visitor.get(review_path(other)).status_code == 403
    # The reference of one call under the number of another leads nowhere.
    mixed = reverse("application_review", args=[call.pk, other.reference])
    assert visitor.get(mixed).status_code == 404


def test_support_needs_are_not_shown_before_a_seat(client, call, otto):
    application = make_application(call, support_needs="Gebärdensprache")

    page = login(client, otto).get(review_path(application)).content.decode()

    assert "Gebärdensprache" not in page


@pytest.mark.parametrize(
    ("who", "listed", "reviewed"),
    [
        ("otto", 200, 302),
        ("rita", 200, 302),
        ("leo", 403, 403),
        ("dora", 403, 403),
        ("clara", 403, 403),
        ("olaf", 403, 403),
        ("paula", 403, 403),
    ],
)
def test_who_may_look_and_who_may_find(request, client, call, who, listed, reviewed):
    application = make_application(call, email="fremd@example.org")
    person = login(client, request.getfixturevalue(who))
    finding = {f"met_{criterion.pk}": "yes" for criterion in call.criteria.all()}

    assert person.get(reverse("application_list", args=[call.pk])).status_code == listed
    assert person.post(review_path(application), finding).status_code == reviewed


def test_paper_by_the_page(client, call, otto):
    office = login(client, otto)
    path = reverse("application_paper", args=[call.pk])
    answers = {f"criterion_{criterion.pk}": "yes" for criterion in call.criteria.all()}

    refused = office.post(path, {"name": "Emil", **answers}, headers=ENGLISH)
    assert "Note at least one way to reach the person." in refused.content.decode()
    office.post(path, {"name": "Emil", "phone": "0521 1", **answers})

    application = Application.objects.get()
    assert application.identity == f"ref:{application.reference}"


@pytest.mark.parametrize(
    ("wish", "names"),
    [
        ("unseen", ["Unbesehen"]),
        ("second", ["Einmal"]),
        ("differ", ["Uneins"]),
        ("asked", ["Unbesehen"]),
        ("objected", ["Widerspruch"]),
        ("rejected", ["Widerspruch"]),
        ("unsinn", ["Unbesehen", "Einmal", "Uneins", "Widerspruch"]),
    ],
)
def test_what_is_missing_can_be_filtered(client, call, wohnort, otto, rita, wish, names):
    unseen, once, split, objected = (
        make_application(call, name=name)
        for name in ("Unbesehen", "Einmal", "Uneins", "Widerspruch")
    )
    inquiries.ask(unseen, "Wohnen Sie hier?", by=otto)
    reviews.review(once, unmet={}, by=otto)
    reviews.review(split, unmet={}, by=otto)
    reviews.review(split, unmet={wohnort: "wohnt woanders"}, by=rita)
    objections.record(reject(objected, wohnort, otto, rita), "Doch!", by=otto)

    page = login(client, otto).get(reverse("application_list", args=[call.pk]), {"state": wish})

    assert [each.name for each in page.context["page_obj"]] == names


def test_after_a_finding_comes_the_next_one_and_the_filter_goes_along(client, call, otto):
    first, second, third = (make_application(call, name=name) for name in "ABC")
    office = login(client, otto)
    yes = {f"met_{criterion.pk}": "yes" for criterion in call.criteria.all()}

    def after(application) -> str:
        return office.post(review_path(application) + "?state=mine", yes)["Location"]

    assert after(second) == review_path(third) + "?state=mine"
    assert after(third) == review_path(first) + "?state=mine"
    assert after(first) == reverse("application_list", args=[call.pk]) + "?state=mine"


def test_from_application_to_application_by_keys_without_scripts(client, call, otto):
    first, second, third = (make_application(call, name=name) for name in "ABC")

    page = login(client, otto).get(review_path(second), {"q": "niemand"}, headers=ENGLISH)

    body = page.content.decode()
    assert (page.context["before"], page.context["after"]) == (
        None,
        None,
    )  # the filter finds nobody
    page = client.get(review_path(second), headers=ENGLISH)
    body = page.content.decode()
    assert (page.context["before"], page.context["after"]) == (first, third)
    assert f'accesskey="k" href="{review_path(first)}"' in body
    assert f'accesskey="j" href="{review_path(third)}"' in body
    assert page.context["next_waiting"] == third


def test_notices_are_read_on_one_page_and_only_the_ticked_leave(client, call, wohnort, otto, rita):
    for name in ("Anna", "Bernd"):
        reject(make_application(call, name=name), wohnort, otto, rita)
    office = login(client, otto)
    path = reverse("application_notices", args=[call.pk])
    page = office.get(path, headers=ENGLISH)
    assert page.content.decode().count("wohnt woanders") == 2
    anna, bernd = page.context["page_obj"]

    nothing = office.post(path, {}, headers=ENGLISH)
    assert "Tick the mails that you have read." in nothing.content.decode()
    office.post(path, {"mails": [anna.pk]})

    anna.refresh_from_db()
    bernd.refresh_from_db()
    assert (anna.state, bernd.state) == ("queued", "held")
    assert Sighting.objects.filter(subject_id=str(anna.pk), purpose="notices").exists()


def test_a_mail_of_another_call_is_not_let_go_from_here(client, call, otto, rita):
    other = make_call(otto)
    reject(make_application(other), other.criteria.first(), otto, rita)
    foreign = OutgoingMail.objects.get(kind="application_rejected")

    refused = login(client, otto).post(
        reverse("application_notices", args=[call.pk]), {"mails": [foreign.pk]}
    )

    assert refused.status_code == 200
    foreign.refresh_from_db()
    assert foreign.state == "held"
