"""The course of a partnership on one line: meetings, milestones, projects, and what led to what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.look.figures import history
from foundation.look.moments import day_text
from partnerships.models import Encounter, ExchangeFormat, Milestone
from partnerships.portrait import portrait_figures
from partnerships.portrait.portrait import Portrait, Venture

MODES = ExchangeFormat.Mode
NEVER = dt.date.max


def course_of(portrait: Portrait, mode: str = "") -> list[history.Entry]:
    """All steps by date, unknown dates last; with `mode` only what is classed so."""
    meetings = [each for each in portrait.encounters if not mode or portrait.kind_of(each) == mode]
    ventures = [each for each in portrait.projects if not mode or each.project.mode == mode]
    hosts = {side.party.pk: str(side.party) for side in portrait.sides}
    entries = [
        portrait_figures.entry_of(each, hosts.get(each.host_id or 0, "")) for each in meetings
    ]
    entries += [_of_project(each, portrait) for each in ventures if each.project.starts_on]
    if not mode:
        entries += [_of_milestone(each, portrait) for each in portrait.album.milestones]
        entries += _of_agreements(portrait)
    return sorted(entries, key=lambda entry: entry.start or NEVER)


def modes_of(portrait: Portrait) -> list[tuple[str, str, int, int]]:
    """(class, its words, meetings held, projects) for learn, develop and act."""
    held = [each for each in portrait.encounters if each.state == Encounter.State.HELD]
    return [
        (
            str(mode),
            str(mode.label),
            sum(portrait.kind_of(each) == mode for each in held),
            sum(each.project.mode == mode for each in portrait.projects),
        )
        for mode in MODES
    ]


def _of_project(venture: Venture, portrait: Portrait) -> history.Entry:
    project = venture.project
    origin = _title(portrait.encounters, project.encounter_id)
    return history.Entry(
        when=day_text(project.starts_on) if project.starts_on else "",
        what=_("Project begins: %(title)s") % {"title": project},
        precision="day",
        start=project.starts_on,
        url=reverse("project", args=[portrait.partnership.slug, project.slug]),
        note=_("– grew out of: %(step)s") % {"step": origin} if origin else "",
    )


def _of_milestone(milestone: Milestone, portrait: Portrait) -> history.Entry:
    steps = [
        _title(portrait.album.milestones, milestone.after_id),
        _title(portrait.encounters, milestone.encounter_id),
    ]
    notes = [] if milestone.is_reached else [_("– planned.")]
    notes += [_("– grew out of: %(step)s") % {"step": step} for step in steps if step]
    slugs = {each.project.pk: each.project.slug for each in portrait.projects}
    slug = slugs.get(milestone.project_id or 0)
    return history.Entry(
        when=day_text(milestone.on),
        what=_("Milestone: %(title)s") % {"title": milestone},
        precision="day" if milestone.is_reached else "season",
        start=milestone.on,
        url=reverse("project", args=[portrait.partnership.slug, slug]) if slug else "",
        note=" ".join(notes),
    )


def _of_agreements(portrait: Portrait) -> list[history.Entry]:
    found = []
    for signed in portrait.signed:
        concluded = signed.agreement.concluded_at
        if concluded is None or not signed.is_readable:
            continue
        args = [portrait.partnership.slug, signed.agreement.number]
        found.append(
            history.Entry(
                when=day_text(concluded.date()),
                what=_("Agreement concluded: %(number)s") % {"number": signed.agreement.number},
                precision="day",
                start=concluded.date(),
                url=reverse("agreement", args=args),
            )
        )
    return found


def _title(steps: Sequence[Encounter | Milestone], pk: int | None) -> str:
    return next((str(step) for step in steps if pk is not None and step.pk == pk), "")
