"""Thread 1 of the demonstration."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.utils import timezone

from config.demo import body, people, repairing
from config.pages.thread import whole
from formats.models import Vision

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(ground):
    cast = people.load_people()
    import time

    earlier, _year = body.load_body(cast["otto"])
    t = time.time()
    repairing.load_thread(earlier, cast)
    print("SECONDS", time.time() - t)


def test_x(loaded):
    vision = Vision.objects.select_related("adopted_in__body").get(thread=1)
    for s in whole.steps_of(vision, AnonymousUser()):
        print(
            s.date,
            (timezone.localdate() - s.date).days if s.date else None,
            s.kind,
            s.title,
            s.state,
            s.notes,
        )
