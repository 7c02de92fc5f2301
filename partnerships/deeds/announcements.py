"""Telling those who asked for it what is new: news of a partnership, a project under a topic."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from foundation.subscriptions import announcing
from foundation.subscriptions.announcing import Notice
from foundation.subscriptions.wishes import Wish
from partnerships.models import NewsItem, Project

NEWS = "news"  # of all partnerships, or of one
TOPICS = "topics"  # always of one topic of the directory
NEWS_EFFECT = "news.announce"
PROJECT_EFFECT = "project.announce"
EVERYBODY = AnonymousUser()


def announce_news(item: NewsItem) -> None:
    """Ask for it in the caller's transaction."""
    announcing.request(NEWS_EFFECT, f"news-{item.pk}", item_id=item.pk)


def announce_project(project: Project) -> None:
    """Ask for it in the caller's transaction."""
    if project.topic_id:
        announcing.request(PROJECT_EFFECT, f"project-{project.pk}", project_id=project.pk)


def spread_news(item_id: int, after: int) -> None:
    """One batch of mails; nothing when strangers do not see the item."""
    seen = NewsItem.objects.visible_to(EVERYBODY).filter(pk=item_id).select_related("partnership")
    item = seen.first()
    if item is None:
        return
    wishes = (Wish(NEWS), Wish.about(NEWS, item.partnership))
    context = {"item": item, "partnership": item.partnership}
    notice = Notice(f"news-{item_id}", "announcement_news", wishes, context)
    announcing.spread(NEWS_EFFECT, notice, after=after, item_id=item_id)


def spread_project(project_id: int, after: int) -> None:
    """One batch of mails; nothing when strangers do not see the project."""
    seen = Project.objects.visible_to(EVERYBODY).filter(pk=project_id)
    project = seen.exclude(topic=None).select_related("partnership", "topic").first()
    if project is None or project.topic is None:
        return
    notice = Notice(
        f"project-{project_id}",
        "announcement_project",
        (Wish.about(TOPICS, project.topic),),
        {"project": project, "partnership": project.partnership, "topic": project.topic},
    )
    announcing.spread(PROJECT_EFFECT, notice, after=after, project_id=project_id)
