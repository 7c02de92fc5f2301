"""The file of a draw for an audit: everything public, the minutes, and what stays inside, as ZIP.

The internal part holds reasons and the trail, never a link from a person to a ticket.
"""

from __future__ import annotations

import hashlib
import io
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

from circles import lottery
from circles.drawing import draws, minutes
from circles.models import Call, Draw, DrawResult, Review
from foundation.accounts import mandates
from foundation.accounts.models import Role, User
from foundation.audit import trail
from foundation.audit.models import Entry
from foundation.documents import files, releases

PURPOSE = "draw-file"
ONE_MOMENT = (1980, 1, 1, 0, 0, 0)  # same draw, same bytes


def open_to(user: mandates.Actor) -> list[Draw]:
    """Every draw whose file this person may read as auditor, newest first."""
    found = (
        Draw.objects.select_related("call__circle")
        .prefetch_related("declarations")
        .defer("pool_txt", "rejected_txt")
        .order_by("-frozen_at")
    )
    if not mandates.holds(user, Role.AUDITOR):
        found = found.filter(call_id__in=mandates.subjects_of(user, Role.AUDITOR, Call))
    return list(found)


def hand_out(draw: Draw, *, by: User) -> bytes:
    """The ZIP of a draw; who looked at whose review is noted."""
    reviews = list(
        Review.objects.filter(application__call=draw.call_id)
        .select_related("application")
        .prefetch_related("reasons__criterion")
    )
    seen = {review.application_id: review.application for review in reviews}
    trail.log_access(by, [draw, *seen.values()], purpose=PURPOSE)
    return _zip(_entries(draw, reviews))


def _entries(draw: Draw, reviews: list[Review]) -> dict[str, bytes]:
    """Every entry of the ZIP by name, with a list of their digests."""
    public = draws.published_files(draw)
    found = {f"oeffentlich/{name}": data for name, data in public.items()}
    for folder, kind in (("oeffentlich", minutes.KIND), ("intern", minutes.INTERNAL_KIND)):
        release = releases.latest(draw, kind)
        if release is not None:
            found[f"{folder}/{release.file.name}"] = files.read(release.file)
    found["intern/kriterien.txt"] = _lines(
        f"{each.position} {each.code}: {each.question}" for each in draw.call.criteria.all()
    )
    found["intern/zahlen.txt"] = _lines(_counts(draw))
    found["intern/pruefungen.txt"] = _lines(line for each in reviews for line in _of_review(each))
    found["intern/spur.jsonl"] = b"".join(_trail(draw))
    found["pruefung.txt"] = _lines(_verdict(public))
    sums = [f"{hashlib.sha256(data).hexdigest()}  {name}" for name, data in sorted(found.items())]
    return {"SHA256SUMS": _lines(sums), **found}


def _counts(draw: Draw) -> list[str]:
    result = DrawResult.objects.filter(draw=draw).first()
    return [
        f"Eingegangen: {draw.received}",
        f"Zurückgezogen: {draw.withdrawn}",
        f"Zugelassen: {draw.qualified}",
        f"Nicht zugelassen: {draw.rejected}",
        f"Plätze: {draw.seats}",
        f"Programm der Auslosung: {result.software if result else '-'}",
    ]


def _of_review(review: Review) -> list[str]:
    """One line for the finding, one for each criterion found unmet with its reason."""
    word = "erfüllt" if review.qualified else "nicht erfüllt"
    head = f"{review.application.reference} Person {review.reviewer_id} {review.at:%Y-%m-%d}"
    reasons = [f"  {each.criterion.code}: {each.reason}" for each in review.reasons.all()]
    return [f"{head}: {word}", *reasons]


def _trail(draw: Draw) -> list[bytes]:
    """The trail of call, draw and declarations, one canonical line an entry, oldest first."""
    subjects = [draw.call, draw, *draw.declarations.all()]
    entries = Entry.objects.none()
    for subject in subjects:
        entries = entries | trail.history_of(subject)
    return [trail.entry_bytes(entry) + b"\n" for entry in entries.order_by("pk")]


def _verdict(public: dict[str, bytes]) -> list[str]:
    """What recomputing the public files says, with the same words as on a command line."""
    if "result.txt" not in public:
        return ["Noch kein Ergebnis: es gibt nichts nachzurechnen."]
    with tempfile.TemporaryDirectory() as folder:
        for name, data in public.items():
            (Path(folder) / name).write_bytes(data)
        try:
            return lottery.verdict(Path(folder), None)
        except lottery.LotteryFault as fault:
            return [str(fault)]


def _lines(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def _zip(entries: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in entries.items():
            packed.writestr(zipfile.ZipInfo(name, ONE_MOMENT), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()
