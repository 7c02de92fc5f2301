"""`{% load rankings %}`: a ranking as a drawing, with the same figures as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from foundation.look.figures import ranking

register = template.Library()


@register.inclusion_tag("components/ranking.html")
def ranking_bars(rows: Sequence[ranking.Row], heading: str, unit: str) -> dict[str, Any]:
    """{% ranking_bars rows _("Topic") _("Points") %}: bars, and the figures as a table."""
    told = "; ".join(f"{row.rank}. {row.name}: {row.text}" for row in rows)
    drawn = ranking.draw(rows, _("Ranking: %(rows)s.") % {"rows": told})
    svg = mark_safe(drawn)  # noqa: S308 - drawn by our own pen, which escapes every word
    return {"rows": rows, "svg": svg, "heading": heading, "unit": unit}
