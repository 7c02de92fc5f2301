"""The dice of the session: typed by two people on their own, public when both agree.

Differing entries stay logged and are typed again; after the cut-off nothing counts any more.
"""

from __future__ import annotations

import re

from django.db import transaction
from django.utils.translation import gettext as _

from circles import clock
from circles.drawing import drand, records, roles
from circles.drawing.declarations import DAY
from circles.models import AgreedValue, Beacon, BeaconSight, Call, Declaration, ValueEntry
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError


class EntryRefused(DomainError):
    """The dice cannot be taken; says what to do next."""


class EntriesDiffer(DomainError):
    """Two people typed different dice; both entries are logged and typed again."""


class BeaconRefused(DomainError):
    """The signature is not the one of the declared round."""


def enter(declaration: Declaration, digits: str, *, by: User) -> AgreedValue | None:
    """Take one person's reading of the dice, 1 to 6 in thrown order; spaces and commas may stand.

    Returns the agreed value when a second person typed the same, None while the first one waits.
    Raises EntryRefused, or EntriesDiffer after logging the entry.
    """
    typed = bare_digits(digits)
    with transaction.atomic():
        call = Call.objects.select_for_update().get(pk=declaration.draw.call_id)
        declaration = Declaration.objects.get(pk=declaration.pk)
        _demand_open(call, declaration)
        roles.demand_settled(by, declaration.draw)
        _demand_dice(declaration, typed)
        newest = _newest_by_person(declaration)
        mine = newest.get(by.pk)
        others = [entry for person, entry in newest.items() if person != by.pk]
        if mine is not None and mine.digits == typed and not others:
            raise EntryRefused(
                "same-person",
                _("You have typed these dice already. A second person must type them too."),
            )
        entry = ValueEntry.objects.create(
            declaration=declaration, entered_by=by, digits=typed, entered_at=clock.now_for(call)
        )
        trail.record("dice.entered", declaration, by=by, entry=entry.pk)
        same = next((other for other in others if other.digits == typed), None)
        if same is not None:
            agreed = AgreedValue.objects.create(
                declaration=declaration,
                digits=typed,
                first_entry=same,
                second_entry=entry,
                agreed_at=clock.now_for(call),
            )
            trail.record("dice.agreed", declaration, by=by, value=agreed.pk)
            return agreed
    if others:
        raise EntriesDiffer(
            "entries-differ",
            _("The two entries differ. Look at the dice once more; both people type again."),
        )
    return None


def bare_digits(typed: str) -> str:
    """What was typed without the spaces and commas that people put between dice."""
    return re.sub(r"[\s,;.-]+", "", typed)


def store_beacon(declaration: Declaration, signature: str, *, by: User | None) -> Beacon:
    """Take the drand signature of the declared round, once it has been checked.

    There is only one genuine signature: whoever brings it second gets the one that is stored.
    """
    if declaration.drand_round is None:
        raise BeaconRefused("no-round", _("This draw uses dice only."))
    signature = re.sub(r"\s+", "", signature).lower()
    call = declaration.draw.call
    if not re.fullmatch(r"[0-9a-f]{96}", signature):
        raise BeaconRefused(
            "not-a-signature", _("A signature has 96 characters, 0 to 9 and a to f.")
        )
    activation = getattr(declaration, "activation", None)
    if activation is not None and activation.confirmed_at is not None:
        raise BeaconRefused(
            "given-up", _("The beacon was given up in public; its signature counts no more.")
        )
    if clock.now_for(call) < drand.time_of(declaration.drand_round):
        _note_early_sight(declaration, signature, by=by)
        raise BeaconRefused("too-early", _("The beacon of this round has not appeared yet."))
    if not drand.verify(declaration.drand_round, signature):
        raise BeaconRefused(
            "wrong-signature",
            _("This signature does not belong to the declared round. Copy it once more."),
        )
    with transaction.atomic():
        beacon, created = Beacon.objects.get_or_create(
            declaration=declaration,
            defaults={
                "round": declaration.drand_round,
                "signature": signature,
                "seen_at": clock.now_for(call),
            },
        )
        if created:
            trail.record("beacon.stored", declaration, by=by, round=declaration.drand_round)
    return beacon


def _note_early_sight(declaration: Declaration, signature: str, *, by: User | None) -> None:
    """A genuine signature before its time: our clock is wrong, and somebody knows the beacon."""
    number = declaration.drand_round
    if number is None or not drand.verify(number, signature):
        return
    with transaction.atomic():
        _sight, created = BeaconSight.objects.get_or_create(
            round=number, defaults={"signature": signature}
        )
        if created:
            trail.record("beacon.seen-early", declaration, by=by, round=number)


def _is_beacon_out(declaration: Declaration) -> bool:
    """Whether a beacon of the declared round or of a later one was seen, by whichever draw."""
    number = declaration.drand_round
    return number is not None and (
        BeaconSight.objects.filter(round__gte=number).exists()
        or Beacon.objects.filter(round__gte=number).exists()
    )


def _demand_open(call: Call, declaration: Declaration) -> None:
    now = clock.now_for(call)
    if declaration.confirmed_at is None:
        raise EntryRefused(
            "not-confirmed", _("A second person must confirm the declaration first.")
        )
    if declaration.lapsed_at is not None or (
        declaration.cut_off_at is not None and now >= declaration.cut_off_at
    ):
        raise EntryRefused(
            "after-cut-off",
            _("The cut-off has passed, so these dice cannot count. Declare a new round."),
        )
    if declaration.cut_off_at is None and now < declaration.draw.frozen_at + DAY:
        raise EntryRefused(
            "too-early", _("Dice count only from 24 hours after the pool was closed.")
        )
    missing = records.session_missing(call) if declaration.cut_off_at is None else ""
    if missing:
        raise EntryRefused("no-session", missing)
    if _is_beacon_out(declaration):
        raise EntryRefused(
            "beacon-out",
            _(
                "The beacon of this round is out already, so dice could be chosen to fit it. "
                "Nothing is taken any more; declare a new round."
            ),
        )
    if AgreedValue.objects.filter(declaration=declaration).exists():
        raise EntryRefused("settled", _("The dice are agreed already and cannot be changed."))
    record = records.of(declaration)
    if record is None:
        raise EntryRefused(
            "no-record", _("First write down who is in the room: chair, throwers, witnesses.")
        )
    if not records.is_sufficient(record, declaration):
        raise EntryRefused(
            "too-few-people",
            _("With dice only, at least four people throw before at least two named witnesses."),
        )


def _demand_dice(declaration: Declaration, typed: str) -> None:
    if re.fullmatch(r"[1-6]*", typed) is None:
        raise EntryRefused("not-dice", _("Dice show 1 to 6. Please type only these digits."))
    if len(typed) != declaration.dice_count:
        raise EntryRefused(
            "wrong-count",
            _("You typed %(typed)d dice, %(declared)d are declared. Count once more.")
            % {"typed": len(typed), "declared": declaration.dice_count},
        )


def _newest_by_person(declaration: Declaration) -> dict[int, ValueEntry]:
    return {entry.entered_by_id: entry for entry in declaration.entries.order_by("pk")}
