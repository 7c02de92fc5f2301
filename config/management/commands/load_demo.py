"""Load the demonstration: sources as they are, invented things marked, people fictional."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from config import celery_app, installation
from config.demo import (
    agreements,
    analyses,
    body,
    challenges,
    circles,
    deeds,
    entries,
    events,
    learning,
    master,
    people,
    repairing,
    team,
    weighing,
)
from foundation.documents.authority import ensure_test_authority


class Command(BaseCommand):
    help = "Load the demonstration data; running it again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PORTAL_MODE == "production":
            raise CommandError("Demonstration data never go into a production database.")
        try:
            installation.refuse_another_kind(settings.PORTAL_MODE)
        except ImproperlyConfigured as refusal:
            raise CommandError(str(refusal)) from refusal
        # Rendering and sealing are done here and now, so their handlers must be known.
        celery_app.loader.import_default_modules()
        ensure_test_authority()
        users = people.load_people()
        master.load_master_data()
        challenges.load_challenges()
        agreements.load_partnerships(users)
        challenges.load_fictional_challenge()
        deeds.load_deeds(users["otto"])
        analyses.load_analysis(users["otto"])
        earlier, sessions = body.load_body(users["otto"])
        repairing.load_thread(earlier, users)
        orders = body.load_year(sessions, users["otto"])
        circles.load_circles(orders, sessions, users)
        weighing.load_weighing(orders, sessions, users["otto"])
        entries.load_entries()
        events.load_events(users["otto"])
        learning.load_learning(users["otto"])
        team.load_team()
        team.load_subscribers()
        print("demonstration loaded")
