"""Everything in the database that points at an entry of the directory, hidden relations too.

Whatever a new table adds is moved by merges and respected by undone imports without being named.
"""

from __future__ import annotations

import dataclasses

from django.db import models

from partnerships.models import Actor, ActorContact, ImportRow

# These belong to the entry itself or only tell what was done with it.
OWN = (ActorContact, ImportRow, Actor.topics.through)


@dataclasses.dataclass(frozen=True)
class Link:
    """A column `column` (foreign key `field`) of `model` that holds ids of entries."""

    model: type[models.Model]
    field: str
    column: str

    def pointing_at(self, *ids: int) -> models.QuerySet:
        """The rows that point at one of these entries."""
        return self.model._base_manager.filter(**{f"{self.column}__in": ids})


def links() -> list[Link]:
    """All foreign keys to entries, many-to-many tables included, but for OWN."""
    found = []
    for relation in Actor._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and (relation.one_to_many or relation.one_to_one)):
            continue
        model = relation.related_model
        if isinstance(model, str) or model is None or model in OWN:
            continue
        field = relation.remote_field
        if isinstance(field, models.ForeignKey):
            found.append(Link(model, field.name, field.attname))
    return found
