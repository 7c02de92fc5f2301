"""News and projects reach those who asked for all of them, for one partnership, or for a topic."""

import datetime as dt

import pytest

from foundation.effects.models import Effect
from foundation.mail.models import OutgoingMail
from foundation.subscriptions.wishes import Wish
from partnerships.course import phases
from partnerships.deeds import announcements, news, projects
from partnerships.directory import directory
from tests.config.test_subscriptions import subscribed
from tests.partnerships.factories import both

NEWS = Wish("news")


def write(partnership, otto):
    return news.write(
        partnership,
        title=both("Auftakt", "Opening"),
        body=both("Ein Text", "Some words"),
        place="Bielefeld",
        on=dt.date(2026, 5, 4),
        source="Stadt",
        by=otto,
    )


@pytest.mark.req("R100")
def test_published_news_reach_each_subscriber_once(partnership, tampere, otto, do_work, inbox):
    phases.publish_partnership(partnership, by=otto)
    one = Wish.about("news", partnership)
    other = Wish("news", (one.subject[0], str(partnership.pk + 1)))
    subscribed(NEWS, one)
    subscribed(one, email="bo@example.org", language="de")
    subscribed(other, Wish("calls"), email="cy@example.org")
    do_work()
    inbox.clear()
    item = write(partnership, otto)
    do_work()
    assert inbox == []
    news.publish(item, by=otto)
    news.publish(item, by=otto)
    do_work()
    announcements.spread_news(item.pk, 0)
    do_work()
    assert sorted(mail.to[0] for mail in inbox) == ["ada@example.org", "bo@example.org"]
    assert inbox[0].subject.endswith(": Opening")
    assert "Some words" in inbox[0].body
    assert "Ein Text" in inbox[1].body


def test_news_that_strangers_do_not_see_are_announced_to_nobody(partnership, otto, do_work):
    subscribed(NEWS)
    news.publish(write(partnership, otto), by=otto)
    do_work()
    assert Effect.objects.filter(kind="news.announce", state="done").count() == 1
    assert not OutgoingMail.objects.filter(kind="announcement_news").exists()


@pytest.mark.req("R100")
def test_a_new_project_reaches_those_who_chose_its_topic(partnership, otto, do_work, inbox):
    phases.publish_partnership(partnership, by=otto)
    water = directory.list_topic("wasser", name=both("Wasser", "Water"), by=None)
    subscribed(Wish.about("topics", water))
    subscribed(NEWS, email="bo@example.org")
    do_work()
    inbox.clear()
    idea = projects.catch_idea(partnership, title=both("Pegelkarte", "Levels"), by=None)
    type(idea).objects.filter(pk=idea.pk).update(topic=water)
    idea.refresh_from_db()
    projects.publish(idea, by=otto)
    do_work()
    assert [(mail.to[0], mail.subject) for mail in inbox] == [
        ("ada@example.org", "Water: new project “Levels”")
    ]
