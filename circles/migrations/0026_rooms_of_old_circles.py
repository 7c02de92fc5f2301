"""Circles that were at work before there were rooms get theirs, with everybody who sits there."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.utils import timezone


def set_up(apps: Any, schema_editor: object) -> None:
    Circle, Body = apps.get_model("circles", "Circle"), apps.get_model("formats", "Body")
    Membership = apps.get_model("formats", "Membership")
    SeatTerm = apps.get_model("circles", "SeatTerm")
    for circle in Circle.objects.filter(body=None).exclude(state="founded"):
        body = Body.objects.create(
            slug=circle.number.lower(),
            name=f"Innovationszirkel {circle.name.get('de') or circle.name}",
            short_name=circle.number,
            purpose=circle.purpose,
            is_public=False,
            sessions_min=0,
            sessions_max=None,
            notice_days=0,
            leads_to=f"/zirkel/{circle.slug}/raum/treffen/",
        )
        terms = SeatTerm.objects.filter(seat__circle=circle, ended_at=None)
        Membership.objects.bulk_create(
            Membership(
                body=body,
                user_id=term.person_id,
                on_behalf_of=term.named_by_body or "ausgelost",
                starts_on=timezone.localdate(),
            )
            for term in terms
        )
        Circle.objects.filter(pk=circle.pk).update(body=body)


class Migration(migrations.Migration):
    dependencies = [("circles", "0025_room")]

    operations = [migrations.RunPython(set_up, migrations.RunPython.noop)]
