"""What is new in the D.I.V. as an Atom feed: invitations, resolutions, minutes, all public."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from formats.models import Body, Meeting, Minutes, Resolution
from foundation.documents.models import Release
from partnerships.portrait.feed import MOST, Entry


def entries_of(body: Body) -> list[Entry]:
    """The newest steps of the body; three queries."""
    stranger = AnonymousUser()
    sessions = Meeting.objects.visible_to(stranger).filter(body=body)
    invited = sessions.filter(invited_at__isnull=False).exclude(state=Meeting.State.CANCELLED)
    found = [
        Entry(
            f"session/{each.pk}",
            _("Invitation to session %(number)s") % {"number": each.number},
            each.invited_at,
            reverse("meeting", args=[each.year, each.ordinal]),
            body.name,
        )
        for each in invited.order_by("-invited_at")[:MOST]
        if each.invited_at is not None
    ]
    decided = Resolution.objects.visible_to(stranger).filter(
        body=body, state__in=[Resolution.State.ADOPTED, Resolution.State.REJECTED]
    )
    found += [
        Entry(
            f"resolution/{each.pk}",
            _("Resolution %(number)s: %(state)s")
            % {"number": each.number, "state": each.get_state_display()},
            each.decided_at,
            reverse("resolution", args=[each.year, each.ordinal, each.n]),
            each.wording,
        )
        for each in decided.order_by("-decided_at")[:MOST]
        if each.decided_at is not None
    ]
    found += _minutes(sessions, body)
    return sorted(found, key=lambda entry: (entry.at, entry.key), reverse=True)[:MOST]


def _minutes(sessions: QuerySet[Meeting], body: Body) -> list[Entry]:
    approved = Minutes.objects.filter(meeting__in=sessions, state=Minutes.State.APPROVED)
    rows = {str(each.pk): each for each in approved.select_related("meeting")}
    issued = Release.objects.filter(
        subject_type="formats.minutes", subject_id__in=rows, kind="minutes", replaced_by=None
    )
    return [
        Entry(
            f"minutes/{each.subject_id}",
            _("Minutes of session %(number)s") % {"number": rows[each.subject_id].meeting.number},
            each.issued_at,
            reverse(
                "meeting",
                args=[rows[each.subject_id].meeting.year, rows[each.subject_id].meeting.ordinal],
            ),
            body.name,
        )
        for each in issued
    ]
