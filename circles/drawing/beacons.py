"""The beacon of a declared round, fetched from a relay as soon as it is out."""

from __future__ import annotations

from django.utils.translation import gettext as _

from circles import clock
from circles.drawing import drand, relays, values
from circles.models import Beacon, Declaration
from foundation.accounts.models import User


def fetch_for(declaration: Declaration, *, by: User | None) -> Beacon:
    """Fetch and store the beacon of the declared round."""
    if declaration.drand_round is None:
        raise values.BeaconRefused("no-round", _("This draw uses dice only."))
    if clock.now_for(declaration.draw.call) < drand.time_of(declaration.drand_round):
        raise values.BeaconRefused("too-early", _("The beacon of this round has not appeared yet."))
    return values.store_beacon(declaration, relays.fetch(declaration.drand_round), by=by)


def run(declaration_pk: int) -> None:
    """The worker's side: nothing to do when the beacon is there, or is not wanted any more."""
    declaration = Declaration.objects.select_related("draw__call").get(pk=declaration_pk)
    activation = getattr(declaration, "activation", None)
    is_wanted = not (declaration.lapsed_at or (activation and activation.confirmed_at))
    if is_wanted and not Beacon.objects.filter(declaration=declaration).exists():
        fetch_for(declaration, by=None)
