"""The portal of another city: its name is a setting, and both of its formats are there."""

import pytest
from django.urls import reverse

from tests.conftest import login
from tests.formats.factories import make_body

pytestmark = pytest.mark.django_db
PUBLIC = ("home", "circle_list", "partnership_list", "help", "easy_language", "imprint", "privacy")


@pytest.mark.req("R64")
@pytest.mark.parametrize("name", PUBLIC)
def test_no_page_names_a_city_that_is_not_ours(client, settings, name):
    settings.CITY_NAME, settings.OFFICE_NAME = "Lindenau", "Büro für Neues"
    page = client.get(reverse(name), headers={"accept-language": "de"}).content.decode()
    assert "Lindenau" in page
    assert "Bielefeld" not in page


@pytest.mark.req("R64")
def test_bodies_and_events_begin_in_the_time_zone_of_the_city(client, settings, otto):
    settings.TIME_ZONE = "Europe/Lisbon"
    assert make_body(otto).time_zone == "Europe/Lisbon"
    page = login(client, otto).get(reverse("event_create")).content.decode()
    assert '<option value="Europe/Lisbon" selected>' in page
    assert "Europe/Berlin" not in page


@pytest.mark.req("R101")
def test_both_formats_have_pages_of_their_own(client, otto):
    body = make_body(otto)
    home = client.get(reverse("home"), headers={"accept-language": "de"}).content.decode()
    for name, heading in (("div", body.name), ("circle_list", "Innovationszirkel")):
        assert f'href="{reverse(name)}"' in home
        page = client.get(reverse(name), headers={"accept-language": "de"}).content.decode()
        assert heading in page
