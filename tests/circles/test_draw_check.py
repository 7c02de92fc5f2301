"""Pages to check a draw without us, and the file of a draw for its auditors."""

import hashlib
import hmac
import io
import re
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from circles.drawing import declarations, freezing
from circles.models import Draw
from foundation.accounts import mandates
from foundation.accounts.models import Role
from foundation.audit.models import Sighting
from tests.circles.conftest import DAY, proof_of
from tests.circles.factories import close_call, make_application, make_call, qualify
from tests.conftest import login, make_user

pytestmark = pytest.mark.usefixtures("closed_ground")


@pytest.fixture
def aurel(db):
    person = make_user("Aurel", factor=True)
    mandates.grant(person, Role.AUDITOR, by=None, ends_at=timezone.now() + 30 * DAY)
    return person


def read(client, name, *args):
    return client.get(reverse(name, args=args), headers={"accept-language": "en"}).content.decode()


def test_the_sheet_lets_one_compute_a_rank_by_hand(client, drawn):
    page = read(client, "draw_guide", drawn.draw.call.draw_id)
    seed = hashlib.sha256(bytes(drawn.seed_txt)).digest()
    places = [place.ticket for place in drawn.draw.places.all()]
    for ticket in (places[0], places[4]):
        message = f"los1 rank\n{ticket}".encode()
        assert hmac.new(seed, message, "sha256").hexdigest() in page
    assert places[1] not in page
    assert f"hexkey:{drawn.seed_sha256}" in page
    assert r"printf 'los1 rank\n%s'" in page
    assert f"result sha256 {drawn.result_sha256}" in page


def test_before_the_draw_both_pages_say_what_is_to_come(client, frozen):
    draw_id = frozen.call.draw_id
    assert "This draw has no result yet." in read(client, "draw_check", draw_id)
    assert "data-names" not in read(client, "draw_check", draw_id)
    assert "The draw is still to come." in read(client, "draw_guide", draw_id)


def test_an_unconfirmed_declaration_shows_no_fingerprint(client, frozen, leo):
    made = declarations.propose(frozen, drand_at=None, by=leo, proof=proof_of(leo))
    for name in ("draw_check", "draw_guide", "draw_live"):
        assert made.sha256[:8] not in read(client, name, frozen.call.draw_id)


def test_the_page_names_exactly_the_files_to_check(client, drawn):
    page = read(client, "draw_check", drawn.draw.call.draw_id)
    (names,) = re.findall(r'data-names="([^"]*)"', page)
    assert set(names.split()) == {
        "pool.txt", "rejected.txt", "declaration.txt", "seed.txt", "result.txt",
    }  # fmt: skip


def test_the_copy_is_one_file_with_the_whole_program(client):
    answer = client.get(reverse("lottery_check_copy"))
    page = answer.content.decode()
    assert answer["Content-Disposition"] == 'attachment; filename="los1-pruefen.html"'
    assert page.count("<script") == 1
    assert 'from "./' not in page
    assert not re.search(r'(src|href)="', page), "it asks for nothing else"


@pytest.mark.parametrize("name", ["draw_check", "draw_guide"])
def test_pages_to_check_cost_few_queries(client, drawn, name, django_assert_max_num_queries):
    draw_id = drawn.draw.call.draw_id
    with django_assert_max_num_queries(7):
        read(client, name, draw_id)


def packed(client, draw) -> dict[str, bytes]:
    answer = client.get(reverse("draw_audit_file", args=[draw.call.draw_id]))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_file_of_a_draw_holds_everything_and_names_nobody_drawn(client, drawn, aurel, do_work):
    do_work()
    found = packed(login(client, aurel, fresh=True), drawn.draw)
    draw_id = drawn.draw.call.draw_id
    assert set(found) == {
        "SHA256SUMS", "pruefung.txt",
        *(f"oeffentlich/{name}.txt" for name in (
            "pool", "rejected", "declaration-1", "declaration", "seed", "result", "events")),
        f"oeffentlich/Losprotokoll-{draw_id}.pdf", f"intern/Losprotokoll-{draw_id}-intern.pdf",
        "intern/kriterien.txt", "intern/zahlen.txt", "intern/pruefungen.txt", "intern/spur.jsonl",
    }  # fmt: skip
    assert found["oeffentlich/result.txt"] == bytes(drawn.result_txt)
    told = found["pruefung.txt"].decode().splitlines()
    assert told[-1] == f"result sha256 {drawn.result_sha256}"
    assert "Eingegangen: 8" in found["intern/zahlen.txt"].decode()
    assert "wohnort: wohnt woanders" in found["intern/pruefungen.txt"].decode()
    assert b'"verb":"draw.done"' in found["intern/spur.jsonl"]
    for line in found["SHA256SUMS"].decode().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256(found[name]).hexdigest() == digest
    texts = b"".join(data for name, data in found.items() if not name.endswith(".pdf")).decode()
    for application in drawn.draw.call.applications.all():
        assert application.name not in texts and application.email not in texts
    tickets = {place.ticket for place in drawn.draw.places.all()}
    inside = b"".join(data for name, data in found.items() if name.startswith("intern/"))
    assert not any(ticket.encode() in inside for ticket in tickets), "no reference meets a ticket"


@pytest.mark.req("R121")
def test_reading_the_file_of_a_draw_is_logged(client, drawn, aurel):
    packed(login(client, aurel, fresh=True), drawn.draw)
    seen = Sighting.objects.filter(viewer_id=aurel.pk, purpose="draw-file")
    assert seen.filter(subject_type="circles.draw", subject_id=str(drawn.draw_id)).count() == 1
    assert seen.filter(subject_type="circles.application").count() == 8


def test_an_auditor_of_one_call_finds_that_draw_only(client, drawn):
    anna = make_user("Anna", factor=True)
    other = make_call(make_user("Otto2", Role.OFFICE, factor=True), draw_id="demo-other")
    term = timezone.now() + DAY
    mandates.grant(anna, Role.AUDITOR, other, by=None, ends_at=term)
    visitor = login(client, anna, fresh=True)
    assert "No draw has been closed yet that you may audit." in read(visitor, "draw_audit")
    address = reverse("draw_audit_file", args=[drawn.draw.call.draw_id])
    assert visitor.get(address).status_code == 404
    mandates.grant(anna, Role.AUDITOR, drawn.draw.call, by=None, ends_at=term)
    assert drawn.draw.call.draw_id in read(visitor, "draw_audit")
    assert visitor.get(address).status_code == 200


def test_the_list_of_an_auditor_costs_the_same_for_one_and_for_three(
    client, frozen, aurel, otto, rita, leo, django_assert_num_queries
):
    visitor = login(client, aurel, fresh=True)
    read(visitor, "draw_audit")
    with CaptureQueriesContext(
        connection,
    ) as one:
        read(visitor, "draw_audit")
    for number in (1, 2):
        call = make_call(otto, draw_id=f"demo-more-{number}", circle=None)
        for _ in range(6):
            qualify(make_application(call), otto, rita)
        freezing.freeze(close_call(call), all_typed=True, by=leo, proof=proof_of(leo))
    assert Draw.objects.count() == 3
    with django_assert_num_queries(len(one)):
        read(visitor, "draw_audit")
    assert len(one) <= 8
