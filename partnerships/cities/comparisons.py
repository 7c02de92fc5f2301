"""What ties home city and candidate together: points of connection, offers and needs by topic."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from partnerships.course import focuses
from partnerships.models import Candidate, ConnectionPoint, Partnership, Topic, TopicMatch


class NothingSaid(DomainError):
    """For a topic nobody offers and nobody seeks."""


def note_point(
    owner: Candidate | Partnership,
    kind: ConnectionPoint.Kind,
    text: LocalizedText,
    *,
    by: User | None,
) -> ConnectionPoint:
    """A point of connection, similarity or complementary strength of a candidate or partnership."""
    place = {"candidate": owner} if isinstance(owner, Candidate) else {"partnership": owner}
    with transaction.atomic():
        point = ConnectionPoint.objects.create(kind=kind, text=text, **place)
        trail.record("connection.noted", owner, by=by, point=point.pk)
    return point


def drop_point(point: ConnectionPoint, *, by: User | None) -> None:
    """Take a point back; the trail remembers that it was there."""
    owner = point.candidate or point.partnership
    with transaction.atomic():
        if owner is not None:
            trail.record("connection.dropped", owner, by=by, point=point.pk)
        point.delete()


def match_topic(
    candidate: Candidate,
    topic: Topic,
    *,
    by: User | None,
    home_offers: bool = False,
    home_seeks: bool = False,
    other_offers: bool = False,
    other_seeks: bool = False,
) -> TopicMatch:
    """Who offers and who seeks expertise on a topic; saying it again replaces it.

    Raises NothingSaid.
    """
    stance = {
        "home_offers": home_offers,
        "home_seeks": home_seeks,
        "other_offers": other_offers,
        "other_seeks": other_seeks,
    }
    if not any(stance.values()):
        raise NothingSaid("nothing-said", _("Say who offers or who seeks something on this topic."))
    with transaction.atomic():
        match, _created = TopicMatch.objects.update_or_create(
            candidate=candidate, topic=topic, defaults=stance
        )
        trail.record("analysis.topic", candidate, by=by, topic=topic.pk)
    return match


def take_along(candidate: Candidate, partnership: Partnership, *, by: User | None) -> None:
    """Copy what was found about a candidate to the partnership that comes from it."""
    home, other = partnership.parties.order_by("position")[:2]
    for point in candidate.points_of_contact.all():
        note_point(partnership, ConnectionPoint.Kind(point.kind), point.text, by=by)
    for match in candidate.matches.select_related("topic"):
        focuses.propose(
            partnership,
            match.topic,
            offered_by=[
                party
                for party, offers in ((home, match.home_offers), (other, match.other_offers))
                if offers
            ],
            sought_by=[
                party
                for party, seeks in ((home, match.home_seeks), (other, match.other_seeks))
                if seeks
            ],
            by=by,
        )
