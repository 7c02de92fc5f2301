"""What the office types for the D.I.V.: the body, members, sessions, agenda, visions, orders."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from formats.forms.localized import Asked, LocalizedForm
from formats.forms.moments import MomentsForm, day_field
from formats.forms.session import MemberChoice
from formats.models import ActionField, Body, Meeting, Membership, WorkOrder
from foundation.languages import LocalizedText
from foundation.look import moments


class MeetingChoice(forms.ModelChoiceField):
    """Sessions by body, number and day; give it a queryset with the body fetched."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.body.name} {obj.number}, {moments.day_text(obj.starts_at.date())}"


class _FieldChoice(forms.ModelChoiceField):
    """Fields of action by name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class SetUpForm(LocalizedForm):
    """What the D.I.V. is for."""

    texts: ClassVar[dict[str, Asked]] = {
        "purpose": Asked(gettext_lazy("What the D.I.V. is for"), 2000, rows=4),
    }


class MemberForm(forms.Form):
    """A person and the group they speak for."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    email = forms.EmailField(max_length=254, label=gettext_lazy("E-mail address"))
    group = forms.ChoiceField(label=gettext_lazy("Group"), choices=Membership.Group.choices)
    on_behalf_of = forms.CharField(
        label=gettext_lazy("For"),
        max_length=200,
        help_text=gettext_lazy("Department, advisory board or organisation; shown publicly"),
    )
    starts_on = day_field(gettext_lazy("Member from"))
    term_ends_on = day_field(gettext_lazy("Last day of the term, if it has one"), required=False)
    deputises = MemberChoice(
        label=gettext_lazy("Stands in for"),
        queryset=Membership.objects.none(),
        required=False,
        empty_label=gettext_lazy("nobody: a member of their own"),
        help_text=gettext_lazy("A deputy votes only while that member is away."),
    )
    advises_only = forms.BooleanField(label=gettext_lazy("Advises without a vote"), required=False)
    is_chair = forms.BooleanField(label=gettext_lazy("Chairs the D.I.V."), required=False)
    is_deputy_chair = forms.BooleanField(
        label=gettext_lazy("Deputises for the chair"), required=False
    )

    def __init__(self, body: Body, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["deputises"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        members = Membership.objects.on(timezone.localdate()).filter(body=body, deputises=None)
        field.queryset = members.select_related("user").order_by("on_behalf_of")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("is_chair") and (cleaned.get("is_deputy_chair") or cleaned.get("deputises")):
            self.add_error("is_chair", _("The chair deputises for nobody. Choose one of the two."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """What formats.bodies.admit_member takes."""
        typed = dict(self.cleaned_data)
        typed["has_vote"] = not typed.pop("advises_only")
        return typed


class TermForm(forms.Form):
    """Until when somebody is a member."""

    term_ends_on = day_field(gettext_lazy("Last day of the term, if it has one"), required=False)


class MeetingForm(MomentsForm):
    """A session of a body: times are those of its city."""

    is_public = forms.BooleanField(
        label=gettext_lazy("The session is public"), required=False, initial=True
    )
    afterwards = forms.BooleanField(
        label=gettext_lazy("The session took place already and is entered afterwards"),
        required=False,
    )
    over_maximum_reason = forms.CharField(
        label=gettext_lazy("Reason for a session beyond the maximum of the year"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Only needed then, and shown publicly"),
    )

    def values(self) -> dict[str, Any]:
        """What formats.meetings.schedule takes."""
        names = (
            "starts_at", "ends_at", "place", "is_public", "afterwards", "over_maximum_reason",
        )  # fmt: skip
        return {name: self.cleaned_data[name] for name in names}


class VisionForm(LocalizedForm):
    """A future vision in its field of action; a new field may be named."""

    texts: ClassVar[dict[str, Asked]] = {
        "title": Asked(gettext_lazy("Title"), 120),
        "text": Asked(gettext_lazy("The vision"), 4000, rows=5),
        "everyday_need": Asked(gettext_lazy("Everyday need"), 1000, rows=3),
        "global_trend": Asked(gettext_lazy("Global trend behind it"), 1000, rows=3),
    }
    action_field = _FieldChoice(
        label=gettext_lazy("Field of action"),
        queryset=ActionField.objects.all(),
        required=False,
        empty_label=gettext_lazy("a new one"),
    )
    new_field = forms.CharField(
        label=gettext_lazy("Name of a new field of action"), max_length=80, required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("action_field") and not cleaned.get("new_field", "").strip():
            self.add_error(
                "action_field", _("Please choose a field of action, or name a new one below.")
            )
        return cleaned

    @property
    def new_name(self) -> LocalizedText:
        """The name of the new field of action."""
        return LocalizedText.of("de", self.cleaned_data["new_field"].strip())


class AdoptionForm(forms.Form):
    """In which session a vision was adopted."""

    meeting = MeetingChoice(
        label=gettext_lazy("Adopted in session"),
        queryset=Meeting.objects.none(),
        empty_label=gettext_lazy("Please choose"),
        error_messages={"required": gettext_lazy("Please choose a session.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["meeting"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        begun = Meeting.objects.filter(body__is_public=True, starts_at__lte=timezone.now())
        field.queryset = begun.exclude(state=Meeting.State.CANCELLED).select_related("body")


class SetAsideForm(LocalizedForm):
    """Why a vision is not pursued any more."""

    texts: ClassVar[dict[str, Asked]] = {
        "reason": Asked(
            gettext_lazy("Reason"),
            1000,
            rows=3,
            hint=gettext_lazy("Everybody who can see the vision can read it."),
        )
    }


class WorkOrderForm(LocalizedForm):
    """What somebody is to solve, by when, within which limits."""

    texts: ClassVar[dict[str, Asked]] = {
        "question": Asked(gettext_lazy("Question to solve"), 300),
        "expected_result": Asked(gettext_lazy("Expected result"), 1000, rows=3),
        "limits": Asked(
            gettext_lazy("Limits"), 1000, rows=2, hint=gettext_lazy("Money, law, competence")
        ),
    }
    addressee = forms.ChoiceField(
        label=gettext_lazy("Who works on it"),
        choices=WorkOrder.Addressee.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose one of the two.")},
    )
    contact = forms.CharField(label=gettext_lazy("Contact at the office"), max_length=200)
    due_on = day_field(gettext_lazy("Due on"))

    def values(self) -> dict[str, Any]:
        """What formats.work_orders.derive takes."""
        return self.all_texts() | {
            name: self.cleaned_data[name] for name in ("addressee", "contact", "due_on")
        }


class OfficeProjectForm(LocalizedForm):
    """The office's own project."""

    texts: ClassVar[dict[str, Asked]] = {"title": Asked(gettext_lazy("Title of the project"), 120)}
