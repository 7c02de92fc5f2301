"""Forums: founding one, its topics, partners and regions, and what people bring to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from formats import slugs
from formats.models import Event, Forum, ForumContribution, ForumTopic
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from partnerships.models import Actor, Focus, Municipality, Topic


class NumberTaken(DomainError):
    """The programme has a forum with this number already."""


def found(
    programme: str, *, title: LocalizedText, by: User | None, slug: str = "", **fields: Any
) -> Forum:
    """Begin a forum, for the office only until it is published. Raises NumberTaken."""
    number = fields.get("number")
    name = slug or slugs.slug_for(Forum, f"{programme} {number or ''} {title}", longest=50)
    try:
        with transaction.atomic():
            made = Forum.objects.create(slug=name, programme=programme, title=title, **fields)
            trail.record("forum.founded", made, by=by)
    except IntegrityError as error:
        raise _taken() from error
    return made


def describe(forum: Forum, *, by: User | None, **fields: Any) -> None:
    """New words and number of a forum. Raises NumberTaken."""
    try:
        with transaction.atomic():
            Forum.objects.filter(pk=forum.pk).update(**fields)
            trail.record("forum.described", forum, by=by)
    except IntegrityError as error:
        raise _taken() from error
    forum.refresh_from_db()


def gather(
    forum: Forum,
    *,
    partners: Iterable[Actor],
    regions: Iterable[Municipality],
    topics: dict[Topic, Focus.Status],
    by: User | None,
) -> None:
    """Exactly these partners, reference regions and topics from now on."""
    with transaction.atomic():
        forum.partners.set(partners)
        forum.regions.set(regions)
        forum.topic_rows.exclude(topic__in=topics).delete()
        for topic, standing in topics.items():
            ForumTopic.objects.update_or_create(
                forum=forum, topic=topic, defaults={"standing": standing}
            )
        trail.record("forum.gathered", forum, by=by)


def publish(forum: Forum, *, by: User | None) -> None:
    """Everybody sees the forum; the second time nothing happens."""
    with transaction.atomic():
        drafts = Forum.objects.filter(pk=forum.pk, published_at=None)
        if drafts.update(published_at=timezone.now()):
            trail.record("forum.published", forum, by=by)
    forum.refresh_from_db()


def contribute(
    forum: Forum,
    kind: ForumContribution.Kind | str,
    *,
    title: LocalizedText,
    by: User | None,
    text: LocalizedText | None = None,
    actor: Actor | None = None,
    event: Event | None = None,
    topics: Iterable[Topic] = (),
) -> ForumContribution:
    """A project to show, an example, an assessment, limits, or a way to put it into practice."""
    with transaction.atomic():
        made = ForumContribution.objects.create(
            forum=forum, kind=kind, title=title, text=text or LocalizedText(), actor=actor,
            event=event,
        )  # fmt: skip
        made.topics.set(topics)
        trail.record("forum.contribution", forum, by=by, contribution=made.pk)
    return made


def withdraw_contribution(contribution: ForumContribution, *, by: User | None) -> None:
    """Take a contribution off the page."""
    with transaction.atomic():
        trail.record(
            "forum.contribution-gone", contribution.forum, by=by, contribution=contribution.pk
        )
        contribution.delete()


def _taken() -> NumberTaken:
    return NumberTaken("number-taken", _("The programme has a forum with this number already."))
