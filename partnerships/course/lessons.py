"""Writing down what a partnership has taught, in the phase in which it was learnt."""

from __future__ import annotations

from django.db import transaction

from foundation.accounts.models import User
from foundation.audit import trail
from foundation.languages import LocalizedText
from partnerships.models import Lesson, Partnership


def note_lesson(partnership: Partnership, text: LocalizedText, *, by: User | None) -> Lesson:
    """A lesson of the phase that the partnership is in."""
    with transaction.atomic():
        lesson = Lesson.objects.create(
            partnership=partnership, in_phase=partnership.phase, text=text, by=by
        )
        trail.record("lesson.noted", partnership, by=by, lesson=lesson.pk)
    return lesson
