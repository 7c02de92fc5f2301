"""What a role can be for: the objects of all apps as choices, keys and labels.

A key is "app.model:id", the generic key of the trail in one word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from circles.models import Call, Circle
from formats.models import Body
from partnerships.models import Municipality, Partnership, Party

MODELS: dict[str, type[models.Model]] = {
    model._meta.label_lower: model
    for model in (Municipality, Partnership, Party, Body, Circle, Call)
}

Choices = list[tuple[str, str | list[tuple[str, str]]]]


def choices() -> Choices:
    """Grouped choices for a form field, the empty one first."""
    found: Choices = [("", _("everything"))]
    groups = {
        Municipality: _("Cities and regions"),
        Partnership: _("Partnerships"),
        Party: _("Sides of a partnership"),
        Body: _("Bodies"),
        Circle: _("Circles"),
        Call: _("Calls"),
    }
    for label, model in MODELS.items():
        options = [(f"{label}:{each.pk}", name_of(each)) for each in _offered(model)]
        if options:
            found.append((groups[model], options))
    return found


def find(key: str) -> models.Model | None:
    """The object behind a key from `choices`; None for the empty key or an object that is gone."""
    label, _colon, pk = key.partition(":")
    if label not in MODELS or not pk.isdigit():
        return None
    return _all(MODELS[label]).filter(pk=pk).first()


def labels_of(keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Names for generic keys, with one query per model."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for label, pk in keys:
        if label in MODELS:
            wanted[label].append(pk)
    return {
        (label, str(each.pk)): name_of(each)
        for label, pks in wanted.items()
        for each in _all(MODELS[label]).filter(pk__in=pks)
    }


def name_of(thing: models.Model) -> str:
    """How people call it; one side of a partnership is named with both."""
    if isinstance(thing, Party):
        return f"{thing.partnership}: {thing.municipality}"
    if isinstance(thing, Circle):
        return str(thing.name) or thing.number
    if isinstance(thing, Call):
        return f"{thing.circle.name}, {thing.draw_id}"
    return str(thing)


def _offered(model: type[models.Model]) -> models.QuerySet[Any]:
    """What roles are given for; not for the bodies of circles, where the seat is what counts."""
    return _all(model).filter(leads_to="") if model is Body else _all(model)


def _all(model: type[models.Model]) -> models.QuerySet[Any]:
    """Everything of one kind, with what its name needs."""
    needed: dict[Any, tuple[str, ...]] = {
        Party: ("partnership", "municipality"),
        Call: ("circle",),
    }
    return (
        model._default_manager.select_related(*needed.get(model, ()))
        if model in needed
        else (model._default_manager.all())
    )
