"""Pages that belong to no partnership are linked where people look for them."""

import re

import pytest
from django.test import Client

from tests.conftest import login

PUBLIC = {"/aktuelles/", "/staedte/", "/akteure/", "/themen/", "/herausforderungen/"}
STAFF = {"/abkommen/", "/analyse/", "/anbahnungen/"}


def links(client, url):
    return set(re.findall(r'href="(/[^"#?]*)', client.get(url).content.decode()))


def test_everybody_finds_the_public_pages(db):
    client = Client()
    found = links(client, "/partnerschaften/")
    assert found >= PUBLIC
    assert not found & STAFF
    assert links(client, "/impressum/") >= PUBLIC | {"/benachrichtigungen/", "/kontakt/"}
    assert {client.get(url).status_code for url in PUBLIC} == {200}


def test_staff_find_theirs_on_the_list_and_on_the_desk(otto, partnership, paula, dora):
    office, partner, member = (login(Client(), each, fresh=True) for each in (otto, paula, dora))
    for page in ("/partnerschaften/", "/schreibtisch/"):
        assert links(office, page) >= STAFF
        assert links(partner, page) & STAFF == {"/abkommen/", "/analyse/"}
        assert not links(member, page) & STAFF
    for client in (office, partner):
        for url in links(client, "/schreibtisch/") & STAFF:
            assert client.get(url).status_code == 200
    assert "/verwaltung/benachrichtigungen/" in links(office, "/schreibtisch/")
    assert "/verwaltung/benachrichtigungen/" not in links(partner, "/schreibtisch/")


@pytest.mark.req("R164")
@pytest.mark.parametrize("url", ["/partnerschaften/", "/akteure/", "/div/", "/hilfe/"])
def test_long_pages_have_a_way_back_to_the_top(db, url):
    page = Client(headers={"accept-language": "en"}).get(url).content.decode()
    assert '<body id="oben">' in page
    footer = page.partition("<footer")[2].partition("</footer>")[0]
    assert re.search(r'<a href="#oben">Back to top', footer)
