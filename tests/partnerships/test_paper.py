"""Flyer and feeds, monitoring, and the page with everything and with nothing on it."""

import csv
import datetime as dt
import io
import re
from xml.etree import ElementTree as ET

import pytest
from django.urls import reverse
from pyhanko.pdf_utils.reader import PdfFileReader

from partnerships.course import encounters, exchange_formats, phases
from partnerships.deeds import actions, news, projects
from partnerships.models import Action, Encounter, ExchangeFormat, Flyer
from partnerships.portrait import flyers
from tests.conftest import login
from tests.partnerships.factories import both

DAY = dt.date(2026, 3, 17)
ENGLISH = {"accept-language": "en"}
ATOM = "{http://www.w3.org/2005/Atom}"
SECRET = "Nur für Partner"


@pytest.fixture
def public(concrete, otto):
    phases.publish_partnership(concrete, by=otto)
    return concrete


@pytest.fixture
def hidden(public):
    """Parts of a public partnership that are not public themselves."""
    projects.catch_idea(public, title=both(SECRET), by=None)
    news.write(
        public, title=both(SECRET), body=both(SECRET), place="B", on=DAY, source="Q", by=None
    )
    actions.plan(public, title=both(SECRET), owner=both(SECRET), by=None)


def get(client, name, *args, **more):
    return client.get(reverse(name, args=args), more, headers=ENGLISH)


@pytest.mark.req("R36")
def test_the_flyer_is_one_tagged_page_made_once(client, public, otto, do_work, seal):
    public_page = get(client, "flyer", public.slug).content.decode()
    assert "Make the flyer" in public_page
    assert get(client, "flyer_pdf", public.slug, "en").status_code == 404
    order = reverse("flyer_order", args=[public.slug, "en"])
    for _ in range(2):
        assert client.post(order).status_code == 302
    assert "is being made" in get(client, "flyer", public.slug).content.decode()
    assert do_work() == 1
    answer = get(client, "flyer_pdf", public.slug, "en")
    assert answer["Content-Type"] == "application/pdf"
    pdf = PdfFileReader(io.BytesIO(answer.content))
    assert pdf.root["/Pages"]["/Count"] == 1
    assert pdf.root["/MarkInfo"]["/Marked"]
    assert str(pdf.root["/Lang"]).startswith("en")
    again = client.get(
        reverse("flyer_pdf", args=[public.slug, "en"]), headers={"if-none-match": answer["ETag"]}
    )
    assert again.status_code == 304
    client.post(order)
    assert do_work() == 0
    assert Flyer.objects.count() == 1


@pytest.mark.req("R36")
def test_a_changed_page_makes_the_flyer_stale(public, do_work, seal):
    flyers.make(public, "de")
    assert flyers.current(public, "de")[1]
    projects.publish(projects.catch_idea(public, title=both("Neu"), by=None), by=None)
    assert not flyers.current(public, "de")[1]
    flyers.order_stale()
    flyers.order_stale()
    assert do_work() == len(flyers.LANGUAGES)


@pytest.mark.req("R14")
def test_what_is_not_public_is_in_no_page_feed_or_flyer(client, public, hidden, otto):
    for address in (
        reverse("partnership", args=[public.slug]),
        reverse("action_list", args=[public.slug]),
        reverse("partnership_feed", args=[public.slug]),
        reverse("partnerships_feed"),
        reverse("news_list"),
    ):
        assert SECRET not in client.get(address).content.decode(), address
    assert SECRET not in flyers.page_of(public, "de")
    login(client, otto, fresh=True)
    assert SECRET in client.get(reverse("partnership", args=[public.slug])).content.decode()
    # The feed is the same for everybody, so that it may be kept by others.
    assert SECRET not in get(client, "partnership_feed", public.slug).content.decode()


def test_an_unpublished_partnership_has_no_feed_and_no_flyer(client, concrete, otto):
    login(client, otto, fresh=True)
    for name in ("partnership_feed", "flyer"):
        assert get(client, name, concrete.slug).status_code == 404
    assert flyers.page_of(concrete, "de") is None
    assert concrete.name not in get(client, "partnerships_feed").content.decode()


def test_the_feed_has_lasting_ids_and_answers_304(client, public, otto):
    item = news.write(
        public, title=both("Auftakt"), body=both("T"), place="B", on=DAY, source="Q", by=None
    )
    news.publish(item, by=otto)
    answer = get(client, "partnership_feed", public.slug)
    feed = ET.fromstring(answer.content)
    ids = [node.text for node in feed.iterfind(f"{ATOM}entry/{ATOM}id")]
    assert ids[0] == f"tag:localhost,2026:newsitem/{item.pk}"
    assert len(ids) == 2  # and the meeting that was held
    assert len(set(ids)) == len(ids)
    url = reverse("partnership_feed", args=[public.slug])
    again = client.get(url, headers={**ENGLISH, "if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert ET.fromstring(get(client, "partnerships_feed").content).findall(f"{ATOM}entry")


@pytest.mark.req("R5")
def test_learning_developing_and_acting_are_counted_and_filtered(client, public):
    form = exchange_formats.promise(
        public, name=both("Werkstatt"), mode=ExchangeFormat.Mode.DEVELOP, by=None
    )
    for title, more in (("Werktag", {"exchange_format": form}), ("Aktion", {"mode": "act"})):
        encounters.note(
            public, title=both(title), on=DAY, state=Encounter.State.HELD, by=None, **more
        )
    whole = get(client, "partnership", public.slug).content.decode()
    assert "Werktag" in whole
    assert "Aktion" in whole
    classes = re.findall(r"<b>(\w+) together</b>: (\d) meetings? held", whole)
    assert classes == [("Learning", "0"), ("Developing", "1"), ("Acting", "1")]
    part = get(client, "partnership", public.slug, art="develop").content.decode()
    assert "Werktag" in part
    assert "Aktion" not in part.replace("Aktion plan", "")


@pytest.mark.req("R27")
def test_a_visit_has_a_host_a_state_and_what_took_its_place(client, public, sides):
    visit = encounters.note(
        public, title=both("Besuch"), on=DAY, setting="on_site", host=sides[1], by=None
    )
    instead = encounters.note(public, title=both("Video"), on=DAY, setting="digital", by=None)
    with pytest.raises(encounters.NotInItsPlace):
        encounters.settle(
            visit, Encounter.State.CANCELLED, reason=both("X"), replaced_by=instead, by=None
        )
    encounters.settle(
        visit, Encounter.State.REPLACED, reason=both("Pandemie"), replaced_by=instead, by=None
    )
    text = get(client, "partnership", public.slug).content.decode()
    assert "Visit to Tampere." in text
    assert "Replaced: Pandemie" in text


@pytest.mark.req("R27")
def test_the_clock_can_show_an_earlier_year(client, public):
    form = public.exchange_formats.get()
    encounters.note(
        public, title=both("Alt"), on=dt.date(2024, 5, 1), exchange_format=form,
        state=Encounter.State.HELD, by=None,
    )  # fmt: skip
    text = get(client, "partnership", public.slug, jahr="2024").content.decode()
    assert "Clock of the year 2024: 4 promised meetings were due, 1 were held" in text


def test_an_empty_partnership_has_its_page(client, partnership, otto):
    phases.publish_partnership(partnership, by=otto)
    text = get(client, "partnership", partnership.slug).content.decode()
    for words in (
        "No goal has been set yet.",
        "No joint project has been agreed yet.",
        "Nobody is named for Tampere yet.",
        "No meeting is on record yet.",
    ):
        assert words in text


def test_the_yearly_figures_as_page_and_csv(client, public, otto):
    late = actions.plan(public, title=both("S"), owner=both("A"), due_on=DAY, by=None)
    actions.put(late, Action.State.COMPLETED, on=DAY + dt.timedelta(days=1), by=None)
    login(client, otto, fresh=True)
    page = get(client, "monitoring", public.slug, jahr="2026").content.decode()
    assert "completed late" in page
    answer = get(client, "monitoring_csv", public.slug, jahr="2026")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    found = {(group, name): number for _year, group, name, number in rows[1:]}
    assert found["Meetings", "held"] == "1"
    assert found["Steps due in this year", "completed late"] == "1"
    assert found["Agreement", "days from draft to conclusion"] == ""


@pytest.mark.req("R44")
@pytest.mark.req("R166")
def test_the_overview_filters_by_phase_country_and_topic(client, public):
    def listed(**more):
        return public.name in get(client, "partnership_list", **more).content.decode()

    assert listed()
    assert listed(phase=public.phase, land="FI", thema="iot")
    assert not listed(phase="evaluation")
    assert not listed(land="DE", phase="monitoring")
    assert listed(phase="unsinn", land="XX")
    empty = get(client, "partnership_list", phase="evaluation").content.decode()
    assert "No partnership fits. Choose less, or show all." in empty


@pytest.mark.req("R166")
def test_the_overview_says_what_partnerships_are_for_and_how_far_each_is(client, public):
    text = get(client, "partnership_list").content.decode()
    assert "In an innovation partnership two of them tie their ecosystems together" in text
    rows = text[text.index('<ul class="sb-rows">') :]
    assert f"Phase: {public.get_phase_display()}" in rows
