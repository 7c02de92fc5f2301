"""What is typed before, in and after a session: items, papers, votes, minutes."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from formats.forms.localized import Asked, LocalizedForm
from formats.forms.moments import MomentsForm, day_field, moment, time_field
from formats.models import Body, Meeting, Membership, Resolution, Voice
from foundation.documents.uploads import MAX_BYTES
from foundation.mail.models import OutgoingMail

LONGEST_WORDS = 10_000


class LettersForm(forms.Form):
    """Mails that were shown on the page, and that one of them was read."""

    mails = forms.ModelMultipleChoiceField(
        OutgoingMail.objects.none(),
        widget=forms.MultipleHiddenInput,
        error_messages={
            "invalid_choice": gettext_lazy(
                "One of these mails has left or was changed meanwhile. Look at the list again."
            ),
        },
    )
    is_read = forms.BooleanField(
        label=gettext_lazy("I have read it. It may leave to all of them."),
        error_messages={"required": gettext_lazy("Read the mail first, then tick this box.")},
    )

    def __init__(self, mails: QuerySet[OutgoingMail], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["mails"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 - for the type checker
        field.queryset = mails


class MovingForm(MomentsForm):
    """Another time or place for a session."""

    short_notice_consent = forms.CharField(
        label=gettext_lazy("Who agreed to a shorter notice, and when"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Only needed if the session is brought forward; goes on record."),
    )

    def values(self) -> dict[str, Any]:
        """What formats.meetings.move takes."""
        names = ("starts_at", "ends_at", "place", "short_notice_consent")
        return {name: self.cleaned_data[name] for name in names}


class ItemForm(LocalizedForm):
    """Title and explanation of an item, and who may read it."""

    texts: ClassVar[dict[str, Asked]] = {
        "title": Asked(gettext_lazy("Agenda item"), 200),
        "explanation": Asked(gettext_lazy("What it is about"), 4000, rows=4, required=False),
    }
    is_public = forms.BooleanField(
        label=gettext_lazy("Everybody may read this item"), required=False, initial=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "is_public"])

    def values(self) -> dict[str, Any]:
        """What formats.agenda.add_item and edit_item take."""
        return self.all_texts() | {"is_public": self.cleaned_data["is_public"]}


class SizedFileForm(forms.Form):
    """Has a `file`, measured before anybody reads it."""

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > MAX_BYTES:
            sentence = _("The file is larger than %(limit)s MB. It was not kept.")
            raise ValidationError(sentence % {"limit": MAX_BYTES // (1024 * 1024)})
        return upload


class PaperForm(SizedFileForm):
    """A PDF for an item."""

    name = forms.CharField(label=gettext_lazy("Title of the paper"), max_length=200)
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("PDF, at most 20 MB"),
        error_messages={"required": gettext_lazy("Please choose the file.")},
        allow_empty_file=True,
    )
    is_public = forms.BooleanField(
        label=gettext_lazy("Everybody may read this paper"), required=False, initial=True
    )


class MemberChoice(forms.ModelChoiceField):
    """Members by whom they speak for, with the name that insiders know them by."""

    def label_from_instance(self, obj: Any) -> str:
        who = obj.user.name if obj.user is not None else ""
        return f"{who} ({obj.on_behalf_of})" if who else str(obj.on_behalf_of)


class EntryForm(forms.Form):
    """One thing that was said or moved."""

    speaker = MemberChoice(
        label=gettext_lazy("Who"),
        queryset=Membership.objects.none(),
        required=False,
        empty_label=gettext_lazy("nobody in particular"),
    )
    text = forms.CharField(
        label=gettext_lazy("What"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        strip=True,
    )

    def __init__(self, members: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["speaker"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        field.queryset = members


class EntryChangeForm(forms.Form):
    """Other words for an entry."""

    text = forms.CharField(
        label=gettext_lazy("What"),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Leave it empty to take the entry out."),
    )


class ResultForm(LocalizedForm):
    """What came of an item, in one sentence for everybody."""

    texts: ClassVar[dict[str, Asked]] = {
        "result": Asked(gettext_lazy("What came of it"), 500, rows=2)
    }


class VoteForm(forms.Form):
    """What is voted on, word for word, and how."""

    wording = forms.CharField(
        label=gettext_lazy("Exact wording"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    procedure = forms.ChoiceField(
        label=gettext_lazy("How is it voted?"),
        choices=[
            each for each in Resolution.Procedure.choices
            if each[0] != Resolution.Procedure.CIRCULAR
        ],
        widget=forms.RadioSelect,
        initial=Resolution.Procedure.HANDS,
    )  # fmt: skip


class CountForm(forms.Form):
    """The figures that were counted in the room."""

    yes = forms.IntegerField(label=gettext_lazy("Yes"), min_value=0, max_value=10_000)
    no = forms.IntegerField(label=gettext_lazy("No"), min_value=0, max_value=10_000)
    abstain = forms.IntegerField(label=gettext_lazy("Abstentions"), min_value=0, max_value=10_000)


class BallotForm(forms.Form):
    """One's own vote."""

    choice = forms.ChoiceField(
        label=gettext_lazy("Your vote"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose.")},
    )

    def __init__(self, *args: Any, circular: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["choice"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [
            each for each in Voice.Choice.choices
            if circular or each[0] != Voice.Choice.OBJECTION
        ]  # fmt: skip


class CircularForm(forms.Form):
    """A vote between sessions, in writing."""

    wording = forms.CharField(
        label=gettext_lazy("Exact wording"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    day = day_field(gettext_lazy("Answers until"))
    time = time_field(gettext_lazy("Time"), initial=dt.time(18))
    is_public = forms.BooleanField(
        label=gettext_lazy("Everybody may read the result"), required=False, initial=True
    )

    def __init__(self, body: Body, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.body = body

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("day") and cleaned.get("time"):
            try:
                cleaned["closes_at"] = moment(cleaned["day"], cleaned["time"], self.body.time_zone)
            except forms.ValidationError as error:
                self.add_error("time", error)
        return cleaned


class ReasonForm(forms.Form):
    """Why, in one line that goes on record."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("It stands on the page for everybody who may read it."),
    )


class MinorityForm(forms.Form):
    """What those who were outvoted want to be read."""

    on_behalf_of = forms.CharField(
        label=gettext_lazy("For"),
        max_length=200,
        help_text=gettext_lazy("Department, advisory board or organisation; shown publicly"),
    )
    text = forms.CharField(
        label=gettext_lazy("Minority opinion"),
        max_length=LONGEST_WORDS,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("It is kept word for word and cannot be changed afterwards."),
    )


class PeopleForm(forms.Form):
    """Who led the session, who took the minutes, and guests."""

    chair = forms.CharField(label=gettext_lazy("Chair of the session"), max_length=200)
    taker = forms.CharField(label=gettext_lazy("Minutes taken by"), max_length=200)
    guests = forms.CharField(
        label=gettext_lazy("Guests"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Only in the internal minutes"),
    )


class ObjectionsForm(forms.Form):
    """What was objected to minutes."""

    objections = forms.CharField(
        label=gettext_lazy("Objections"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Word for word; leave it empty if there were none."),
    )


class ApprovalForm(ObjectionsForm):
    """In which session minutes are approved, and what was objected."""

    session = forms.ModelChoiceField(
        label=gettext_lazy("Approved in session"),
        queryset=Meeting.objects.none(),
        empty_label=gettext_lazy("Please choose"),
        error_messages={"required": gettext_lazy("Please choose a session.")},
    )
    field_order = ("session", "objections")

    def __init__(self, meeting: Meeting, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["session"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        field.queryset = Meeting.objects.filter(
            body=meeting.body, starts_at__gt=meeting.starts_at, opened_at__isnull=False
        ).exclude(state=Meeting.State.CANCELLED)
        field.label_from_instance = lambda obj: obj.number  # type: ignore[method-assign]
