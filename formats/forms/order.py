"""The steps of a work order that need words: result, presentation, closing, handing over."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from formats.forms.div import AdoptionForm, MeetingChoice
from formats.forms.localized import Asked, LocalizedForm
from formats.forms.moments import day_field
from formats.models import Meeting


class ResultForm(LocalizedForm):
    """What came out, and the session that hears of it."""

    texts: ClassVar[dict[str, Asked]] = {
        "result": Asked(
            gettext_lazy("What came out"),
            4000,
            rows=6,
            hint=gettext_lazy("In words that everybody understands"),
        )
    }
    meeting = MeetingChoice(
        label=gettext_lazy("Presented in session"),
        queryset=Meeting.objects.none(),
        empty_label=gettext_lazy("Please choose"),
        help_text=gettext_lazy("It becomes an item of the agenda."),
        error_messages={"required": gettext_lazy("Please choose a session.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["meeting"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        ahead = Meeting.objects.filter(body__is_public=True, ends_at__gte=timezone.now())
        open_ones = ahead.filter(state__in=[Meeting.State.SCHEDULED, Meeting.State.INVITED])
        field.queryset = open_ones.select_related("body")
        self.order_fields(["result_de", "result_en", "meeting"])


class PresentedForm(AdoptionForm):
    """In which session the result was presented."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].label = gettext_lazy("Presented in session")


class ClosingForm(LocalizedForm):
    """What became of an order, or why it ends."""

    texts: ClassVar[dict[str, Asked]] = {
        "closing_note": Asked(
            gettext_lazy("What became of it, or why it ends"),
            2000,
            rows=4,
            hint=gettext_lazy("Everybody can read it."),
        )
    }


class HandOverForm(ClosingForm):
    """Why the circle hands over, and until when the office has the order."""

    due_on = day_field(gettext_lazy("The office has it done by"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["closing_note_de", "closing_note_en", "due_on"])
