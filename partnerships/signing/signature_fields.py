"""The names of the empty signature fields in an agreement's PDF, one for each place."""

from __future__ import annotations

from partnerships.models import Signatory


def field_name(party: int, position: int) -> str:
    """The field for the place `position` of the party at `party`, both counted from one."""
    return f"Unterschrift-{party}-{position}"


def field_of(place: Signatory) -> str:
    """The field that this signatory fills."""
    return field_name(place.party.position, place.position)
