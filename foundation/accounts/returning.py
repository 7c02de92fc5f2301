"""The way back: where a person goes after a step in between. It never leaves the host."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def is_own_address(request: HttpRequest, url: str) -> bool:
    """Whether `url` is a path of this portal, or names this very host and scheme."""
    return url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )


def way_back(request: HttpRequest, default: str) -> str:
    """The address in `next`, if it is one of ours, else `default`."""
    wished = request.POST.get("next") or request.GET.get("next") or ""
    return wished if is_own_address(request, wished) else default
