"""Bodies, sessions, agendas and papers as open data, in the objects and fields of OParl 1.1.

Only what everybody may see. Vote figures are no part of OParl: they stand under our own prefix.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone

from formats.models import AgendaItem, Body, Meeting, Membership, Paper, Resolution
from formats.sittings import minutes_paper
from formats.sittings.bodies import DIV
from foundation.documents.models import Release
from foundation.look import moments

VERSION = "https://schema.oparl.org/1.1/"
OWN = "stadtbruecke:"
PDF = "application/pdf"
STATES = {
    Meeting.State.SCHEDULED: "terminiert",
    Meeting.State.INVITED: "eingeladen",
    Meeting.State.HELD: "durchgeführt",
    Meeting.State.CANCELLED: "terminiert",
}

Thing = dict[str, Any]


def address(kind: str, key: object = "") -> str:
    """The lasting id of an object, or of a list without `key`."""
    path = reverse("oparl_object", args=[kind, key]) if key else reverse("oparl_list", args=[kind])
    return f"{settings.PUBLIC_URL}{path}"


def system() -> Thing:
    """Where a reader begins."""
    return {
        "id": f"{settings.PUBLIC_URL}{reverse('oparl_system')}",
        "type": f"{VERSION}System",
        "oparlVersion": VERSION,
        "name": "Stadtbrücke",
        "body": address("body"),
        "contactName": settings.OFFICE_NAME,
        "contactEmail": settings.OFFICE_EMAIL,
        "website": settings.PUBLIC_URL,
        f"{OWN}conformity": "Field names and types follow the schema of OParl 1.1. Read-only, "
        "public data only, without deleted objects; not certified by a validator.",
    }


def city() -> Thing:
    """The municipality: a Body in OParl's words; our bodies are its organizations."""
    return {
        "id": address("body", "stadt"),
        "type": f"{VERSION}Body",
        "system": f"{settings.PUBLIC_URL}{reverse('oparl_system')}",
        "name": settings.CITY_NAME,
        "shortName": settings.CITY_NAME,
        "website": settings.PUBLIC_URL,
        "contactName": settings.OFFICE_NAME,
        "contactEmail": settings.OFFICE_EMAIL,
        "organization": address("organization"),
        "person": address("person"),
        "meeting": address("meeting"),
        "paper": address("paper"),
        "agendaItem": address("agendaitem"),
        "file": address("file"),
        "membership": address("membership"),
        "legislativeTerm": [],
    }


def organization(body: Body) -> Thing:
    """A body of ours; how many votes it has decides its quorum."""
    today = timezone.localdate()
    members = [each for each in body.memberships.all() if _is_member(each, today)]
    voting = [each for each in members if each.has_vote and each.deputises_id is None]
    return {
        "id": address("organization", body.slug),
        "type": f"{VERSION}Organization",
        "body": address("body", "stadt"),
        "name": body.name,
        "shortName": body.short_name,
        "classification": "Beratungsgremium",
        "organizationType": "Gremium",
        "membership": [address("membership", each.pk) for each in members],
        "meeting": address("meeting"),
        "memberCount": len(members),
        "votingMemberCount": len(voting),
        "created": _moment(body.created_at, body),
    } | ({"web": f"{settings.PUBLIC_URL}{reverse('div')}"} if body.slug == DIV else {})


def membership(found: Membership) -> Thing:
    """A seat with its term: whom it speaks for, never who sits on it."""
    role = "Vorsitz" if found.is_chair else "Stellv. Vorsitz" if found.is_deputy_chair else ""
    deputy = found.deputises_id is not None
    thing = {
        "id": address("membership", found.pk),
        "type": f"{VERSION}Membership",
        "organization": address("organization", found.body.slug),
        "role": role or ("Stellvertretung" if deputy else "Mitglied"),
        "votingRight": found.has_vote and not deputy,
        "startDate": found.starts_on.isoformat(),
        f"{OWN}onBehalfOfName": found.on_behalf_of,
    }
    ends = found.ends_on or found.term_ends_on
    return thing | ({"endDate": ends.isoformat()} if ends else {})


def meeting(found: Meeting) -> Thing:
    """A session with its public items, and its minutes once they are issued."""
    key = f"{found.year}-{found.ordinal}"
    thing = {
        "id": address("meeting", key),
        "type": f"{VERSION}Meeting",
        "name": f"{found.body.name}, Sitzung {found.number}",
        "meetingState": STATES[Meeting.State(found.state)],
        "cancelled": found.state == Meeting.State.CANCELLED,
        "start": _moment(found.starts_at, found.body),
        "end": _moment(found.ends_at, found.body),
        "location": {
            "id": address("location", key),
            "type": f"{VERSION}Location",
            "description": found.place,
        },
        "organization": [address("organization", found.body.slug)],
        "agendaItem": [agenda_item(item, found) for item in found.agenda_items.all()],
        "web": f"{settings.PUBLIC_URL}{reverse('meeting', args=[found.year, found.ordinal])}",
        "created": _moment(found.created_at, found.body),
        "modified": _moment(found.changed_at, found.body),
    }
    paper_of = _minutes_file(found)
    return thing | ({"resultsProtocol": paper_of} if paper_of else {})


def agenda_item(item: AgendaItem, of: Meeting | None = None) -> Thing:
    """One public item with what was resolved, word for word, and the figures under our prefix."""
    session = of or item.meeting
    thing: Thing = {
        "id": address("agendaitem", item.pk),
        "type": f"{VERSION}AgendaItem",
        "meeting": address("meeting", f"{session.year}-{session.ordinal}"),
        "number": str(item.position),
        "order": item.position - 1,
        "name": item.title.best("de")[0],
        "public": True,
        "modified": _moment(session.changed_at, session.body),
    }
    if item.result:
        thing["result"] = item.result.best("de")[0]
    votes = list(item.resolutions.all())
    if votes:
        thing["resolutionText"] = "\n\n".join(each.wording for each in votes)
        thing[f"{OWN}votes"] = [_vote(each) for each in votes]
    papers = [file_of(each) for each in item.papers.all()]
    return thing | ({"auxiliaryFile": papers} if papers else {})


def paper(found: Paper) -> Thing:
    """A paper of a public item."""
    session = found.item.meeting
    return {
        "id": address("paper", found.pk),
        "type": f"{VERSION}Paper",
        "body": address("body", "stadt"),
        "name": found.name,
        "reference": found.file.name.removesuffix(".pdf"),
        "date": moments.local(found.added_at, session.body.time_zone).date().isoformat(),
        "paperType": "Sitzungsunterlage",
        "mainFile": file_of(found),
        "underDirectionOf": [address("organization", session.body.slug)],
        "created": _moment(found.added_at, session.body),
    }


def file_of(found: Paper) -> Thing:
    session = found.item.meeting
    path = reverse("paper", args=[session.year, session.ordinal, found.pk])
    return _file(
        f"unterlage-{found.pk}",
        name=found.name,
        file=found.file,
        url=f"{settings.PUBLIC_URL}{path}",
        at=_moment(found.added_at, session.body),
    ) | {
        "paper": [address("paper", found.pk)],
        "agendaItem": [address("agendaitem", found.item_id)],
    }


def _minutes_file(found: Meeting) -> Thing | None:
    releases: Mapping[str, Release] = getattr(found, "minutes_releases", {})
    listed = releases.get(str(found.minutes.pk)) if hasattr(found, "minutes") else None
    if listed is None:
        return None
    path = reverse("minutes_pdf", args=[found.year, found.ordinal])
    return _file(
        f"niederschrift-{found.year}-{found.ordinal}",
        name=f"Niederschrift {found.reference}",
        file=listed.file,
        url=f"{settings.PUBLIC_URL}{path}",
        at=_moment(listed.issued_at, found.body),
    ) | {"meeting": [address("meeting", f"{found.year}-{found.ordinal}")]}


def _file(key: str, *, name: str, file: Any, url: str, at: str) -> Thing:
    return {
        "id": address("file", key),
        "type": f"{VERSION}File",
        "name": name,
        "fileName": file.name,
        "mimeType": PDF,
        "size": file.size,
        "accessUrl": url,
        "downloadUrl": url,
        "created": at,
        f"{OWN}sha256": file.sha256,
    }


def bodies() -> QuerySet[Body]:
    return Body.objects.filter(is_public=True).prefetch_related("memberships").order_by("slug")


def memberships() -> QuerySet[Membership]:
    return Membership.objects.filter(body__is_public=True).select_related("body").order_by("pk")


def meetings() -> QuerySet[Meeting]:
    """Public sessions of the D.I.V. with everything that `meeting` reads; cancelled ones, too."""
    found = Meeting.objects.visible_to(AnonymousUser()).filter(body__slug=DIV)
    return (
        found.select_related("body", "minutes")
        .prefetch_related(Prefetch("agenda_items", agenda_items()))
        .order_by("starts_at")
    )


def agenda_items() -> QuerySet[AgendaItem]:
    found = AgendaItem.objects.visible_to(AnonymousUser()).filter(meeting__body__slug=DIV)
    return (
        found.select_related("meeting__body")
        .prefetch_related(
            Prefetch("resolutions", _decided()),
            Prefetch("papers", papers()),
        )
        .order_by("meeting__starts_at", "position")
    )


def papers() -> QuerySet[Paper]:
    found = Paper.objects.visible_to(AnonymousUser()).filter(item__meeting__body__slug=DIV)
    return found.select_related("item__meeting__body", "file").order_by("pk")


def with_minutes(sessions: Sequence[Meeting]) -> list[Meeting]:
    """The sessions, each knowing the sealed minutes of all: one query."""
    own = [str(each.minutes.pk) for each in sessions if hasattr(each, "minutes")]
    listed = Release.objects.filter(
        subject_type="formats.minutes",
        subject_id__in=own,
        kind=minutes_paper.KIND,
        replaced_by=None,
    ).select_related("file")
    by_minutes = {each.subject_id: each for each in listed}
    for each in sessions:
        each.minutes_releases = by_minutes  # type: ignore[attr-defined]
    return list(sessions)


def _vote(resolution: Resolution) -> Thing:
    """Number, outcome and figures of a decided resolution."""
    return {
        "number": resolution.number,
        "wording": resolution.wording,
        "procedure": resolution.procedure,
        "outcome": resolution.state,
        "yes": resolution.yes,
        "no": resolution.no,
        "abstain": resolution.abstain,
        "present": resolution.present,
        "entitled": resolution.entitled,
        "quorum": resolution.needed,
    }


def _decided() -> QuerySet[Resolution]:
    return Resolution.objects.visible_to(AnonymousUser()).order_by("n")


def _is_member(found: Membership, day: dt.date) -> bool:
    ends = [each for each in (found.ends_on, found.term_ends_on) if each is not None]
    return found.starts_on <= day and all(day <= each for each in ends)


def _moment(at: dt.datetime, body: Body) -> str:
    return moments.local(at, body.time_zone).isoformat(timespec="seconds")
