"""Forms of results: finalising, preparing, publishing or not, and what became of them."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from circles.forms.draw import CodeForm
from circles.models import Circle, Decision, Result
from circles.resulting import finalising, results
from circles.resulting.results import Words
from formats.forms.localized import Asked, LocalizedForm, initial_of
from formats.forms.moments import day_field
from formats.forms.order import ResultForm
from formats.models import Event
from foundation.accounts.models import User
from foundation.look import moments

CHOOSE = _("Please choose")


class DecisionChoice(forms.ModelChoiceField):
    """Decisions by number, day and title."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.number}, {moments.day_text(obj.decided_at.date())}: {obj.title}"


class FinaliseForm(ResultForm):
    """With which decision a circle ends its work, and the session that sees the result."""

    decision = DecisionChoice(
        label=_("Adopted proposal"),
        queryset=Decision.objects.none(),
        empty_label=CHOOSE,
        error_messages={"required": _("Please choose the decision that the circle adopted.")},
    )

    def __init__(self, circle: Circle, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].queryset = finalising.adopted(circle)  # type: ignore[attr-defined]
        meetings = self.fields["meeting"]
        meetings.queryset = meetings.queryset.filter(body__is_public=True)  # type: ignore[attr-defined]
        self.order_fields(["decision", "result_de", "result_en", "meeting"])


class PrepareForm(LocalizedForm):
    """The words of a result, and the forms in which it is published beside its page."""

    texts: ClassVar[dict[str, Asked]] = {
        "title": Asked(_("Title"), 200),
        "summary": Asked(
            _("What came out"), 4000, rows=6, hint=_("In words that everybody understands")
        ),
        "text": Asked(_("What the office adds"), 20_000, rows=8, required=False),
        "press_text": Asked(
            _("Text for the press"),
            10_000,
            rows=6,
            hint=_("Empty: nothing is published for the press."),
            required=False,
        ),
    }
    with_paper = forms.BooleanField(
        label=_("Also as a sealed document (PDF)"), required=False, initial=True
    )
    event = forms.ModelChoiceField(
        label=_("Also at an event"),
        queryset=Event.objects.none(),
        required=False,
        empty_label=_("no event"),
        help_text=_("Announced events; the page of the result leads to it."),
    )
    seen = forms.CharField(max_length=16, widget=forms.HiddenInput, required=False)

    def __init__(self, result: Result | None, *args: Any, **kwargs: Any) -> None:
        if result is not None:
            kept = {name: getattr(result, name) for name in self.texts}
            shown = {k: v for name, text in kept.items() for k, v in initial_of(name, text).items()}
            kwargs["kept"] = kept
            kwargs["initial"] = {
                **shown,
                "with_paper": result.with_paper,
                "event": result.event_id,
                "seen": results.digest(result),
            }
        super().__init__(*args, **kwargs)
        announced = Event.objects.filter(published_at__isnull=False)
        self.fields["event"].queryset = announced.order_by("-pk")  # type: ignore[attr-defined]
        names = [f"{name}_{each}" for name in self.texts for each in ("de", "en")]
        self.order_fields([*names, "with_paper", "event", "seen"])

    def words(self) -> Words:
        """Everything that was typed and chosen."""
        return Words(
            **self.all_texts(),
            with_paper=self.cleaned_data["with_paper"],
            event=self.cleaned_data["event"],
        )

    def save_to(self, result: Result, *, by: User) -> None:
        """Change `result`; when somebody was faster, the next try is based on their words."""
        try:
            results.change(result, self.words(), seen=self.cleaned_data["seen"], by=by)
        except results.NotPreparable:
            result.refresh_from_db()
            self.data = {
                **{name: self.data[name] for name in self.data},
                "seen": results.digest(result),
            }
            raise


class PublishForm(CodeForm):
    """Until when the office answers what became of it; what was shown comes along."""

    answer_due_on = day_field(
        _("The office says what became of it by"),
        hint=_("Everybody sees this day, and when it has passed without an answer."),
    )
    seen = forms.CharField(max_length=16, widget=forms.HiddenInput, required=False)

    field_order = ("answer_due_on", "code", "seen")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer_due_on"].error_messages["required"] = _(
            "Please say until when the office answers what became of it."
        )


class WithholdForm(LocalizedForm):
    """Why a result is not published."""

    texts: ClassVar[dict[str, Asked]] = {
        "reason": Asked(
            _("Why the result is not published"), 2000, rows=4, hint=_("Everybody can read it.")
        )
    }


class SendBackForm(forms.Form):
    """What is to be changed before a result is published."""

    sent_back = forms.CharField(
        label=_("What is to be changed"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Only the office reads it."),
    )


class AnswerForm(LocalizedForm):
    """What became of it, and when the office says more."""

    texts: ClassVar[dict[str, Asked]] = {
        "text": Asked(_("What became of it?"), 4000, rows=6, hint=_("Everybody can read it."))
    }
    next_due_on = day_field(_("The next answer comes by"), required=False)
    is_final = forms.BooleanField(
        label=_("This is the last answer: nothing more follows"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["text_de", "text_en", "next_due_on", "is_final"])
