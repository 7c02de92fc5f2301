"""What the office writes into a call: sixteen answers and up to six criteria."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from circles.calling import calls, followups, wording
from circles.models import Call, Circle
from circles.models.circle import LOT_SEATS
from formats.forms.div import MeetingChoice
from formats.forms.localized import Asked, LocalizedForm, initial_of
from formats.forms.moments import day_field, moment, time_field
from formats.models import Meeting
from foundation.languages import LocalizedText
from foundation.look import moments

CRITERIA = 6
PLAIN = (
    "meeting", "contact", "draw_id", "seats", "reserve_kept", "answer_days", "objection_days",
    "kept_days",)  # fmt: skip
PAGES_OF_DRAWS = {"pruefen"}  # /auslosung/pruefen/ is no draw


class CallForm(LocalizedForm):
    """A call in preparation. `values()` and `criteria()` give what the domain takes."""

    texts: ClassVar[dict[str, Asked]] = {
        "question": Asked(
            gettext_lazy("Topic as an everyday question"),
            300,
            hint=gettext_lazy("What the circle is to find out, as one would ask a neighbour."),
        ),
        "task": Asked(gettext_lazy("What the circle does"), 2000, rows=4),
        "effort": Asked(
            gettext_lazy("Effort"),
            600,
            rows=4,
            hint=gettext_lazy("One a line, the figure first: 7 | meetings, Thursdays at 17:30"),
        ),
        "not_needed": Asked(
            gettext_lazy("What nobody needs to bring"), 600, rows=3, hint=gettext_lazy("One a line")
        ),
        "allowance": Asked(
            gettext_lazy("Allowance"),
            600,
            rows=2,
            hint=gettext_lazy("One a line, the figure first: 50 € | allowance a meeting"),
        ),
    }
    meeting = MeetingChoice(
        label=gettext_lazy("Session of the D.I.V. in which the lot decides"),
        queryset=Meeting.objects.none(),
        empty_label=gettext_lazy("Please choose"),
        error_messages={"required": gettext_lazy("Please choose a session.")},
    )
    opens_day = day_field(gettext_lazy("Opens on"))
    opens_time = time_field(gettext_lazy("Opens at"))
    closes_day = day_field(gettext_lazy("Closes on"))
    closes_time = time_field(gettext_lazy("Closes at"))
    contact = forms.CharField(
        label=gettext_lazy("Contact, also for paper and telephone"),
        max_length=300,
        help_text=gettext_lazy("Office, address, telephone number for help"),
    )
    draw_id = forms.CharField(
        label=gettext_lazy("Name of the draw in all published files"),
        max_length=64,
        validators=[
            RegexValidator(
                r"^[a-z0-9-]{1,64}\Z", gettext_lazy("Only a–z, 0–9 and hyphens, please.")
            )
        ],
    )
    seats = forms.IntegerField(label=gettext_lazy("Seats by lot"), min_value=1, max_value=5)
    reserve_kept = forms.IntegerField(
        label=gettext_lazy("Reserve places kept until the circle ends"), min_value=0, max_value=500
    )
    answer_days = forms.IntegerField(
        label=gettext_lazy("Days to accept a place"), min_value=1, max_value=60
    )
    objection_days = forms.IntegerField(
        label=gettext_lazy("Days to object for people who are not admitted"),
        min_value=3,
        max_value=60,
        help_text=gettext_lazy(
            "They count from the day the notice leaves. The draw pool cannot be closed before."
        ),
    )
    kept_days = forms.IntegerField(
        label=gettext_lazy("Days until the data of those who were not drawn are deleted"),
        min_value=1,
        max_value=365,
        help_text=gettext_lazy(
            "They count from the last answer; the reserve is kept until the circle ends."
        ),
    )

    def __init__(
        self,
        meetings: Any,
        call: Call | None,
        *args: Any,
        circle: Circle | None = None,
        **kwargs: Any,
    ) -> None:
        kept = {name: getattr(call, name) for name in self.texts} if call else {}
        super().__init__(*args, kept=kept, **kwargs)
        self.call = call
        self.fields["closes_time"].help_text = _("Time zone: %(zone)s") % {
            "zone": settings.TIME_ZONE
        }
        self.circle = call.circle if call else circle
        field = self.fields["meeting"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        field.queryset = meetings
        for number in range(1, CRITERIA + 1):
            for language in ("de", "en"):
                self.fields[f"criterion_{number}_{language}"] = _criterion_field(number, language)

    def clean_draw_id(self) -> str:
        draw_id = str(self.cleaned_data["draw_id"])
        others = Call.objects.filter(draw_id=draw_id)
        if self.call is not None:
            others = others.exclude(pk=self.call.pk)
        if others.exists() or draw_id in PAGES_OF_DRAWS or draw_id.startswith("probe-"):
            raise forms.ValidationError(_("Another draw has this name."), code="taken")
        if self.circle is not None and not calls.is_name_allowed(self.circle, draw_id):
            raise forms.ValidationError(
                _("Names that begin with “demo-” are for demonstrations. Choose another."),
                code="demo",
            )
        return draw_id

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for edge in ("opens", "closes"):
            day, time = cleaned.get(f"{edge}_day"), cleaned.get(f"{edge}_time")
            if day is None or time is None:
                continue
            try:
                cleaned[f"{edge}_at"] = moment(day, time, settings.TIME_ZONE)
            except forms.ValidationError as error:
                self.add_error(f"{edge}_time", error)
        opens_at, closes_at = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens_at and closes_at and closes_at <= opens_at:
            self.add_error("closes_day", _("The call closes before it opens."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """Fields of the call by name, texts apart."""
        return {name: self.cleaned_data[name] for name in (*PLAIN, "opens_at", "closes_at")}

    def criteria(self) -> list[tuple[str, LocalizedText]]:
        """(code, question) of every criterion that was filled in, in order."""
        before = [each.question for each in self.call.criteria.all()] if self.call else []
        found: list[tuple[str, LocalizedText]] = []
        codes: set[str] = set()
        for number in range(1, CRITERIA + 1):
            german = self.cleaned_data[f"criterion_{number}_de"].strip()
            if not german:
                continue
            # slugify keeps underscores; the published files of the draw know none.
            stem = slugify(german).replace("_", "-")[:30].strip("-") or "kriterium"
            code = next(
                code
                for code in (stem, *(f"{stem}-{n}" for n in range(number, number + CRITERIA + 1)))
                if code not in codes
            )
            codes.add(code)
            known = before[number - 1] if number <= len(before) else LocalizedText()
            found.append((code, self.retyped(f"criterion_{number}", known)))
        return found


class ExtensionForm(LocalizedForm):
    """A later deadline, the session of the draw, and why; every time is the city's."""

    texts: ClassVar[dict[str, Asked]] = {
        "reason": Asked(
            gettext_lazy("Reason"),
            600,
            rows=3,
            hint=gettext_lazy("It stands on the page of the call and in the mail to applicants."),
        ),
    }
    closes_day = day_field(gettext_lazy("New deadline: day"))
    closes_time = time_field(gettext_lazy("New deadline: time"))
    meeting = MeetingChoice(
        label=gettext_lazy("Session in which the lot decides"),
        queryset=Meeting.objects.none(),
        empty_label=gettext_lazy("Please choose"),
        error_messages={"required": gettext_lazy("Please choose a session.")},
        help_text=gettext_lazy("At least 24 hours after the deadline."),
    )
    field_order = ("closes_day", "closes_time", "meeting")

    def __init__(self, meetings: Any, call: Call, *args: Any, **kwargs: Any) -> None:
        closes = moments.local(call.closes_at, settings.TIME_ZONE)
        initial = {"closes_time": closes.time(), "meeting": call.meeting_id}
        super().__init__(*args, initial=initial, **kwargs)
        field = self.fields["meeting"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        field.queryset = meetings
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day, time = cleaned.get("closes_day"), cleaned.get("closes_time")
        if day is not None and time is not None:
            try:
                cleaned["closes_at"] = moment(day, time, settings.TIME_ZONE)
            except forms.ValidationError as error:
                self.add_error("closes_time", error)
        return cleaned


def initial_for(circle: Circle, draw_id: str) -> dict[str, Any]:
    """What a new call starts with; a follow-up call with the words of the one before."""
    previous = circle.calls.filter(state__in=followups.ENDED).first()
    if previous is not None:
        kept = {
            name: value
            for name, value in initial_from(previous).items()
            if not name.startswith(("opens_", "closes_")) and name not in ("draw_id", "meeting")
        }
        seats = min(len(LOT_SEATS), followups.free_seats(circle)) or 1
        return kept | {"draw_id": draw_id, "seats": seats, "opens_time": "08:00",
                       "closes_time": "23:59"}  # fmt: skip
    pattern: dict[str, Any] = {}
    for name, text in wording.PATTERN.items():
        pattern |= initial_of(name, text)
    for number, question in enumerate(wording.CRITERIA, start=1):
        pattern |= initial_of(f"criterion_{number}", question)
    return pattern | {
        "draw_id": draw_id,
        "seats": 5,
        "reserve_kept": 20,
        "answer_days": 14,
        "objection_days": 7,
        "kept_days": 30,
        "opens_time": "08:00",
        "closes_time": "23:59",
        **initial_of("question", circle.work_order.question),
    }


def initial_from(call: Call) -> dict[str, Any]:
    """What a prepared call holds."""
    initial: dict[str, Any] = {name: getattr(call, name) for name in PLAIN}
    for edge in ("opens", "closes"):
        local = moments.local(getattr(call, f"{edge}_at"), settings.TIME_ZONE)
        initial[f"{edge}_day"], initial[f"{edge}_time"] = local.date(), local.time()
    for name in CallForm.texts:
        initial |= initial_of(name, getattr(call, name))
    for number, criterion in enumerate(call.criteria.all(), start=1):
        initial |= initial_of(f"criterion_{number}", criterion.question)
    return initial


def _criterion_field(number: int, language: str) -> forms.CharField:
    label = _("Criterion %(n)d") if language == "de" else _("Criterion %(n)d, in English")
    hint = _("A question that is answered by yes or no.") if (number, language) == (1, "de") else ""
    return forms.CharField(
        label=label % {"n": number}, max_length=300, required=False, help_text=hint
    )
