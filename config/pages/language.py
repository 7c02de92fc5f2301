"""Switching the language of the pages, and of the mails to whoever is logged in."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as switch

from foundation.accounts.models import User


@require_POST
def set_language(request: HttpRequest) -> HttpResponseBase:
    """Sets the cookie and goes back to the page; the language of mails follows."""
    chosen = request.POST.get("language", "")
    if request.user.is_authenticated and chosen in dict(settings.LANGUAGES):
        User.objects.filter(pk=request.user.pk).update(language=chosen)
    return switch(request)
