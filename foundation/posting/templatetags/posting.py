"""`{% once_field %}`: the hidden idempotency key of a POST form; a re-shown form keeps its key."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from foundation.posting import once

register = template.Library()


@register.simple_tag(takes_context=True)
def once_field(context: dict[str, Any]) -> SafeString:
    request = context.get("request")
    posted = request.POST.get(once.FIELD, "") if request is not None else ""
    return format_html(
        '<input type="hidden" name="{}" value="{}">', once.FIELD, posted or once.new_key()
    )
