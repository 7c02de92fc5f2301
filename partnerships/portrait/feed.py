"""What is new in partnerships as an Atom feed: only what a stranger may see, with lasting ids."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from partnerships.models import Agreement, Encounter, Milestone, NewsItem, Partnership, Project

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
ATOM = "http://www.w3.org/2005/Atom"
FOUNDED = 2026
MOST = 50


@dataclasses.dataclass(frozen=True)
class Entry:
    """One step; `at` is when it became known, `path` where to read more."""

    key: str
    title: str
    at: dt.datetime
    path: str
    partnership: str


def entries_of(partnerships: Sequence[Partnership]) -> list[Entry]:
    """The newest steps of these partnerships; five queries."""
    by_id = {each.pk: each for each in partnerships}
    stranger, own = AnonymousUser(), {"partnership__in": by_id}
    found = [
        *_made(NewsItem.objects.visible_to(stranger).filter(**own), by_id),
        *_made(Project.objects.visible_to(stranger).filter(**own), by_id),
        *_made(Agreement.objects.visible_to(stranger).filter(**own), by_id),
        *_made(Milestone.objects.filter(is_reached=True, **own), by_id),
        *_made(Encounter.objects.filter(state=Encounter.State.HELD, **own), by_id),
    ]
    return sorted(found, key=lambda entry: (entry.at, entry.key), reverse=True)[:MOST]


def atom(title: str, path: str, page: str, entries: Sequence[Entry]) -> bytes:
    """The feed as UTF-8 bytes; the same entries give the same bytes."""
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed", {"xml:lang": get_language() or "de"})
    newest = max((entry.at for entry in entries), default=_midnight(dt.date(FOUNDED, 1, 1)))
    _child(feed, "id", f"{settings.PUBLIC_URL}{path}")
    _child(feed, "title", title)
    _child(feed, "updated", newest.isoformat(timespec="seconds"))
    _child(ET.SubElement(feed, f"{{{ATOM}}}author"), "name", "Stadtbrücke")
    ET.SubElement(feed, f"{{{ATOM}}}link", rel="self", href=f"{settings.PUBLIC_URL}{path}")
    ET.SubElement(feed, f"{{{ATOM}}}link", href=f"{settings.PUBLIC_URL}{page}")
    host = urlsplit(settings.PUBLIC_URL).hostname
    for entry in entries:
        node = ET.SubElement(feed, f"{{{ATOM}}}entry")
        _child(node, "id", f"tag:{host},{FOUNDED}:{entry.key}")
        _child(node, "title", entry.title)
        _child(node, "updated", entry.at.isoformat(timespec="seconds"))
        ET.SubElement(node, f"{{{ATOM}}}link", href=f"{settings.PUBLIC_URL}{entry.path}")
        _child(node, "summary", entry.partnership)
    return ET.tostring(feed, encoding="utf-8", xml_declaration=True)


def _made(rows: object, by_id: dict[int, Partnership]) -> list[Entry]:
    found = []
    for row in rows:  # type: ignore[attr-defined]
        at = _moment(row)
        if at is not None:
            home = by_id[row.partnership_id]
            key = f"{row._meta.model_name}/{row.pk}"
            found.append(Entry(key, _title(row), at, _path(row, home), home.name))
    return found


def _moment(row: Model) -> dt.datetime | None:
    if isinstance(row, NewsItem | Project | Agreement):
        return row.published_at
    on: dt.date | None = row.on  # type: ignore[attr-defined]
    return _midnight(on) if on else None


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)


def _title(row: Model) -> str:
    if isinstance(row, Agreement):
        return _("Agreement %(number)s") % {"number": row.number}
    if isinstance(row, Milestone):
        return _("Milestone: %(title)s") % {"title": row}
    return str(row)


def _path(row: Model, home: Partnership) -> str:
    if isinstance(row, NewsItem):
        return reverse("news_item", args=[row.slug])
    if isinstance(row, Project):
        return reverse("project", args=[home.slug, row.slug])
    if isinstance(row, Agreement):
        return reverse("agreement", args=[home.slug, row.number])
    if isinstance(row, Encounter) and row.page:
        return row.page
    return f"{reverse('partnership', args=[home.slug])}#verlauf"


def _child(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}{name}").text = text
