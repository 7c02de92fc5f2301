"""The fifteen seats as people read them: who sits where, who is missing, when it is complete."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from circles.drawing.tickets import short_ticket
from circles.models import Seat
from foundation.look.figures.seats import Group, Place


@dataclasses.dataclass(frozen=True)
class Count:
    """How many seats are taken, offered and free."""

    taken: int
    offered: int
    free: int


def count(seats: Iterable[Seat]) -> Count:
    """Count the seats by state."""
    states = [seat.state for seat in seats]
    return Count(
        taken=states.count(Seat.State.TAKEN),
        offered=states.count(Seat.State.OFFERED),
        free=states.count(Seat.State.FREE),
    )


def groups(seats: Sequence[Seat]) -> list[Group]:
    """The three groups of the seat plan, as the figure takes them."""
    by_kind = {
        kind: [seat for seat in seats if seat.kind == kind] for kind, _label in Seat.Kind.choices
    }
    return [
        Group(_("Five sectors"), _("Sectors"), "square", _places(by_kind[Seat.Kind.SECTOR])),
        Group(_("Five experts"), _("Experts"), "hexagon", _places(by_kind[Seat.Kind.EXPERT])),
        Group(_("Five drawn by lot"), _("By lot"), "circle", _places(by_kind[Seat.Kind.LOT])),
    ]


def figures(seats: Sequence[Seat]) -> list[tuple[str, Count]]:
    """Taken, offered and free of each origin, then of all."""
    rows = [
        (str(capfirst(label)), count(seat for seat in seats if seat.kind == kind))
        for kind, label in Seat.Kind.choices
    ]
    return [*rows, (_("All seats"), count(seats))]


def named_by_bodies(seats: Sequence[Seat]) -> list[Seat]:
    """Taken seats that a body named somebody for: body, day and reason are public."""
    return [seat for seat in seats if seat.state == Seat.State.TAKEN and seat.nominated_by_body]


def missing(seats: Sequence[Seat]) -> list[str]:
    """Who is still missing, in words; empty when the circle is complete."""
    found = [
        capfirst(str(Seat.Sector(seat.sector).label))
        for seat in seats
        if seat.kind == Seat.Kind.SECTOR and seat.state != Seat.State.TAKEN
    ]
    experts = _open_of(seats, Seat.Kind.EXPERT)
    drawn = _open_of(seats, Seat.Kind.LOT)
    if experts:
        found.append(ngettext("%(n)d expert", "%(n)d experts", experts) % {"n": experts})
    if drawn:
        found.append(ngettext("%(n)d person by lot", "%(n)d people by lot", drawn) % {"n": drawn})
    return found


def title_of(seat: Seat) -> str:
    """What a seat is for: its sector, its expertise, or the lot."""
    if seat.kind == Seat.Kind.SECTOR:
        return capfirst(str(Seat.Sector(seat.sector).label))
    if seat.kind == Seat.Kind.EXPERT:
        return str(seat.expertise) or _("Expert")
    return _("Place by lot")


def named(seats: Sequence[Seat]) -> list[str]:
    """Who sits there already, each with the name only where the person agreed."""
    return [_words(seat) for seat in seats if seat.state == Seat.State.TAKEN]


def _open_of(seats: Sequence[Seat], kind: str) -> int:
    return sum(seat.kind == kind and seat.state != Seat.State.TAKEN for seat in seats)


def _places(seats: Sequence[Seat]) -> list[Place]:
    return [Place(seat.number, _words(seat), seat.state) for seat in seats]


def _words(seat: Seat) -> str:
    title = title_of(seat)
    if seat.kind == Seat.Kind.LOT and seat.ticket:
        title = _("Lot %(ticket)s") % {"ticket": short_ticket(seat.ticket)}
    if seat.state == Seat.State.FREE:
        if seat.kind == Seat.Kind.LOT:
            return _("to be drawn")
        return _("%(seat)s, wanted") % {"seat": title}
    if seat.state == Seat.State.OFFERED:
        return title
    if seat.name_is_public and seat.holder is not None and seat.holder.name:
        return f"{title}, {seat.holder.name}"
    return _("%(seat)s, member without name") % {"seat": title}
