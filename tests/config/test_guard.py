"""What is too large or carries NUL is turned away at the door, before anybody reads it."""

import io

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver, reverse

from config.pages.guard import allowance_of
from foundation.mail import outbox
from tests.conftest import login

LARGE = settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1


class Unread(io.RawIOBase):
    """A body that must not be read."""

    def readable(self):
        return True

    def readinto(self, _buffer):
        raise AssertionError("the body was read")


def send(path, size, client=None):
    client = client or Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    return client.generic(
        "POST",
        path,
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(size),
        **{"wsgi.input": Unread()},
    )


@pytest.mark.parametrize("path", ["/konto/anmelden/", "/", "/nirgends/", "/barrierefreiheit/"])
def test_a_large_body_is_refused_unread_before_the_token_is_asked_for(db, path):
    page = send(path, LARGE)
    assert page.status_code == 413
    assert "This page takes at most 5 MB" in page.content.decode()


def test_a_page_that_takes_files_has_room_for_one(db):
    routes = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert set(settings.ROOM_FOR_UPLOADS) <= routes
    path = reverse("evidence_bring", args=["x", "y"])
    assert allowance_of(path) > 20 * 1024 * 1024
    assert send("/pruefen/", 21 * 1024 * 1024).status_code == 413  # in its own words


@pytest.mark.parametrize(
    ("route", "promised"),
    [
        ("event_material_add", 20), ("paper_new", 20), ("evidence_bring", 20),
        ("signatory_deputy", 20), ("signature_upload", 20), ("photo_new", 10),
    ],
)  # fmt: skip
def test_a_page_has_room_for_the_file_that_it_promises_to_take(route, promised):
    assert (settings.ROOM_FOR_UPLOADS.get(route) or 0) > promised * 1024 * 1024


@pytest.mark.parametrize("path", ["/pruefen/%00/", "/pruefen/SB%00-1/", "/?q=%00"])
def test_nul_in_an_address_is_no_page(client, db, path):
    assert client.get(path).status_code == 404


def test_a_line_break_in_a_name_stops_no_mail(clara, do_work, inbox):
    client = login(Client(), clara)
    client.post("/konto/", {"name": "Clara\r\nBcc: all@example.org", "language": "en"})
    clara.refresh_from_db()
    assert clara.name == "Clara Bcc: all@example.org"
    outbox.queue(
        "account_notice",
        key="k",
        to=clara.email,
        to_name="Clara\nNeu",
        language="en",
        subject=None,
        context={"happened": "password-changed"},
    )
    do_work()
    assert inbox[-1].to == ["Clara Neu <clara@example.org>"]
