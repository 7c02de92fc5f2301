"""Two people at one page: nobody's words are replaced without being seen."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from partnerships.directory import directory
from partnerships.models import Actor, Goal
from tests.conftest import login
from tests.partnerships.factories import both

SOMEBODY = "Somebody saved this page while you had it open."


def desk(user):
    return login(Client(headers={"accept-language": "en"}), user)


def shown(client, url):
    """What the form of a page would post if nobody changed anything."""
    text = client.get(url).content.decode()
    form = client.get(url).context["form"]
    seen = {name: form[name].value() for name in form.fields}
    seen["standing"] = re.search(r'name="standing" value="([0-9a-f]{64})"', text)[1]
    return {name: value for name, value in seen.items() if value not in (None, False)}


@pytest.fixture
def goal(concrete):
    return concrete.goals.get()


def test_the_second_to_save_a_goal_is_told_what_the_first_has_saved(goal, bruno, paula):
    url = reverse("goal_edit", args=[goal.partnership.slug, goal.position])
    first, second = desk(bruno), desk(paula)
    typed, stale = shown(first, url), shown(second, url)
    assert first.post(url, {**typed, "strategy_en": "Two catalogues"}).status_code == 302
    page = second.post(url, {**stale, "target": "50"})
    text = page.content.decode()
    assert page.status_code == 200
    assert SOMEBODY in text
    assert "Two catalogues" in text
    assert 'value="50"' in text, "what was typed is kept"
    goal.refresh_from_db()
    assert (goal.strategy.get("en"), int(goal.target)) == ("Two catalogues", 40)

    again = {**stale, "target": "50", "standing": page.context["form"]["standing"].value()}
    assert second.post(url, again).status_code == 302
    goal.refresh_from_db()
    assert (goal.strategy.get("en"), int(goal.target)) == ("One joint catalogue", 50)


def test_the_same_words_twice_are_no_quarrel(goal, bruno, paula):
    url = reverse("goal_edit", args=[goal.partnership.slug, goal.position])
    first, second = desk(bruno), desk(paula)
    typed = {**shown(first, url), "strategy_en": "Two catalogues"}
    assert first.post(url, typed).status_code == 302
    assert second.post(url, typed).status_code == 302


def test_an_entry_of_the_directory_is_watched_too(bielefeld, otto, bruno):
    entry = directory.list_actor(
        "Werk Eins", kind="sme", sector="business", municipality=bielefeld, by=None
    )
    url = reverse("actor_edit", args=[entry.slug])
    first, second = desk(otto), desk(bruno)
    typed, stale = shown(first, url), shown(second, url)
    assert first.post(url, {**typed, "website": "https://werk.example"}).status_code == 302
    page = second.post(url, {**stale, "description_de": "Ein Werk"})
    assert SOMEBODY in page.content.decode()
    assert "https://werk.example" in page.content.decode()
    assert Actor.objects.get().website == "https://werk.example"


def test_a_translation_is_not_saved_over_a_source_that_was_never_read(draft, bruno, paula):
    Goal.objects.update(title=both("Sensordaten öffnen", "Open sensor data"))
    url = reverse("agreement_translate", args=[draft.partnership.slug, draft.number, "en"])
    goal = draft.partnership.goals.get()
    key = f"goal-{goal.pk}-title"
    second = desk(paula)
    stale = shown(second, url)
    Goal.objects.update(title=goal.title.with_text("de", "Alle Daten öffnen"))
    page = second.post(url, {**stale, key: "Open the sensors"})
    assert SOMEBODY in page.content.decode()
    assert Goal.objects.get().title.get("en") == "Open sensor data"


def test_two_translators_do_not_undo_each_other(draft, bruno, paula):
    url = reverse("agreement_translate", args=[draft.partnership.slug, draft.number, "en"])
    goal = draft.partnership.goals.get()
    title, unit = f"goal-{goal.pk}-title", f"goal-{goal.pk}-unit"
    first, second = desk(bruno), desk(paula)
    typed, stale = shown(first, url), shown(second, url)
    assert first.post(url, {**typed, title: "Open all data"}).status_code == 302
    page = second.post(url, {**stale, unit: "sets"})
    assert "Open all data" in page.content.decode()
    assert Goal.objects.get().title.get("en") == "Open all data"
