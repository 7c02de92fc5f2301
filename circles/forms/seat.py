"""Founding a circle, naming a person for a seat, answering such an offer."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from circles.models import Seat
from formats.forms.localized import Asked, LocalizedForm
from formats.forms.moments import day_field


class MessageForm(forms.Form):
    """What all members of a circle are to read."""

    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=100)
    text = forms.CharField(
        label=gettext_lazy("Message"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy("Greeting and signature are added. Nothing confidential, please."),
    )


class FoundingForm(LocalizedForm):
    """Name and purpose of a new circle."""

    texts: ClassVar[dict[str, Asked]] = {
        "name": Asked(gettext_lazy("Name of the circle"), 80),
        "purpose": Asked(
            gettext_lazy("Purpose"),
            1000,
            rows=3,
            hint=gettext_lazy("Why these fifteen people work together, and what may come of it."),
        ),
    }


class BeginForm(LocalizedForm):
    """Why a circle works although seats are empty; asked only then."""

    def __init__(self, *args: Any, is_incomplete: bool, **kwargs: Any) -> None:
        self.texts = (  # type: ignore[misc]
            {
                "reason": Asked(
                    gettext_lazy("Why the circle works although seats are empty"),
                    500,
                    rows=3,
                    hint=gettext_lazy("Everybody reads this on the page of the circle."),
                )
            }
            if is_incomplete
            else {}
        )
        super().__init__(*args, **kwargs)


class SuggestedPersonForm(LocalizedForm):
    """A person for a seat, and why; for experts also how their knowledge fits the topic."""

    name = forms.CharField(label=gettext_lazy("Name of the person"), max_length=200)
    email = forms.EmailField(
        max_length=254,
        label=gettext_lazy("E-mail address of the person"),
        help_text=gettext_lazy("The person answers by the link in a mail, without an account."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why this person"),
        max_length=500,
        help_text=gettext_lazy(
            "The person reads this, and everybody once the seat is taken. Do not write the name."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, seat: Seat, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if seat.kind == Seat.Kind.EXPERT:
            self.fields |= _match_fields(str(seat.circle.work_order.question))
        self.order_fields(self.field_order)

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def values(self) -> dict[str, Any]:
        """What circles.naming.name_person takes."""
        names = ("name", "email", "reason", "match")
        return {name: self.cleaned_data[name] for name in names if name in self.fields}


class NamingForm(SuggestedPersonForm):
    """Whom the body itself names, by its link."""

    agreed = forms.BooleanField(
        label=gettext_lazy("This person knows that we name them."),
        error_messages={
            "required": gettext_lazy("Please ask the person first, then confirm it here.")
        },
    )
    field_order = ("name", "email", "reason", "match", "fits", "agreed")


class NamingDeclineForm(forms.Form):
    """Why the body names nobody; it may stay silent about it."""

    answer = forms.CharField(
        label=gettext_lazy("A word to the office"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class NominationForm(SuggestedPersonForm):
    """Whom a body named to the office by letter or in a session, and why."""

    body = forms.CharField(
        label=gettext_lazy("Named by"),
        max_length=200,
        help_text=gettext_lazy("The department, university, association or body"),
    )
    nominated_on = day_field(gettext_lazy("Named on"))
    field_order = ("name", "email", "body", "nominated_on", "reason", "expertise_de",
                   "expertise_en", "match", "fits")  # fmt: skip

    def __init__(self, seat: Seat, *args: Any, **kwargs: Any) -> None:
        self.texts = _expertise_of(seat)  # type: ignore[misc]
        super().__init__(seat, *args, **kwargs)

    def values(self) -> dict[str, Any]:
        """What circles.nominations.nominate takes."""
        plain = {name: self.cleaned_data[name] for name in ("body", "nominated_on")}
        return super().values() | plain | self.all_texts()


class NamingRequestForm(LocalizedForm):
    """Which body is asked for a name, and until when."""

    body = forms.CharField(
        label=gettext_lazy("Who is asked"),
        max_length=200,
        help_text=gettext_lazy("The department, university, association or body"),
    )
    contact_name = forms.CharField(
        label=gettext_lazy("To whom the letter is addressed"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("A person or a function, for the salutation"),
    )
    email = forms.EmailField(max_length=254, label=gettext_lazy("E-mail address of the body"))
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the mails"),
        choices=[("de", gettext_lazy("German")), ("en", gettext_lazy("English"))],
    )
    days = forms.IntegerField(
        label=gettext_lazy("Days to answer"),
        min_value=4,
        max_value=60,
        initial=14,
        help_text=gettext_lazy("Three days before the end the body is reminded once."),
    )
    note = forms.CharField(
        label=gettext_lazy("A word to the body"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    field_order = ("body", "contact_name", "email", "expertise_de", "expertise_en", "language",
                   "days", "note")  # fmt: skip

    def __init__(self, seat: Seat, *args: Any, **kwargs: Any) -> None:
        self.texts = _expertise_of(seat)  # type: ignore[misc]
        super().__init__(*args, **kwargs)
        self.order_fields(self.field_order)

    def values(self) -> dict[str, Any]:
        """What circles.naming.ask_body takes."""
        plain = ("body", "contact_name", "email", "language", "days", "note")
        return {name: self.cleaned_data[name] for name in plain} | self.all_texts()


def _expertise_of(seat: Seat) -> dict[str, Asked]:
    """Only experts are named for a field of knowledge."""
    if seat.kind != Seat.Kind.EXPERT:
        return {}
    return {"expertise": Asked(gettext_lazy("Field of expertise"), 120)}


def _match_fields(question: str) -> dict[str, forms.Field]:
    return {
        "match": forms.CharField(
            label=gettext_lazy("How their expertise fits the topic"),
            max_length=500,
            help_text=_("The topic is: %(question)s") % {"question": question},
            widget=forms.Textarea(attrs={"rows": 3}),
        ),
        "fits": forms.BooleanField(
            label=gettext_lazy("I have checked that this expertise fits the topic."),
            error_messages={"required": gettext_lazy("Please check this, then confirm it.")},
        ),
    }


class NominationAnswerForm(forms.Form):
    """The named person's two statements."""

    conflict = forms.CharField(
        label=gettext_lazy("Interests that others should know of"),
        max_length=500,
        required=False,
        help_text=gettext_lazy(
            "For example a company or an association that has something to gain. "
            "Leave it empty if there are none."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    declared = forms.BooleanField(
        label=gettext_lazy("I have named every such interest, or there are none."),
        error_messages={"required": gettext_lazy("Please confirm this to take the seat.")},
    )
    name_is_public = forms.BooleanField(
        label=gettext_lazy("My name may stand on the public page of the circle."),
        required=False,
        help_text=gettext_lazy(
            "Voluntary. You can take this back at any time, on the page of your seat."
        ),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["conflict"] = cleaned.get("conflict", "").strip()
        return cleaned
