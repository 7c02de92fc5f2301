"""The door: a permission that is not given ends the request.

Views fetch through `visible_to(user)` first, so a foreign object is a 404 before it is a 403.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied


def require(allowed: bool) -> None:
    """Go on when `allowed`, else answer 403."""
    if not allowed:
        raise PermissionDenied
