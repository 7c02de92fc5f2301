"""Fill the demonstration with generated data and say where to measure."""

from __future__ import annotations

import argparse
import json
import time
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from circles.models import Call
from config.demo import crowd, entries
from foundation.accounts.models import User

# As allauth writes them; the tests log in the same way.
METHODS = "account_authentication_methods"
METHODS_USER = "account_authentication_methods_user"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
STAFF = "otto@example.org"


class Command(BaseCommand):
    help = "Generate SIZE applications and directory entries; print pages and a staff cookie."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("size", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This command exists only in demo mode.")
        call = Call.objects.get(draw_id="demo-abends-nach-hause")
        entries.load_entries(options["size"])
        crowd.fill_call(call, options["size"])
        found = {"pages": _pages(call), "staff_cookie": f"sessionid={_session(STAFF)}"}
        self.stdout.write(json.dumps(found))


def _pages(call: Call) -> dict[str, str]:
    """Path by what it is; `applications` and `search` need the cookie."""
    listed = reverse("application_list", args=[call.pk])
    return {
        "landing": reverse("home"),
        "call": reverse("call", args=[call.circle.slug]),
        "directory": reverse("actor_list"),
        "partnership": reverse("partnership", args=["lindenau-jaervikoski"]),
        "applications": listed,
        "search": f"{listed}?q=Abendrot",
    }


def _session(email: str) -> str:
    """A session of this person with a fresh second factor."""
    user = User.objects.get(email=email)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[METHODS] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session[METHODS_USER] = str(user.pk)
    session.create()
    return str(session.session_key)
