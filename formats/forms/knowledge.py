"""What members say about themselves and to each other, and inputs of knowledge givers."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from formats.models import Cohort, KnowledgeItem, Openness
from partnerships.models import Topic


class ProfileForm(forms.Form):
    """Organisation, industry, function; what one needs and brings; shown only when ticked."""

    organisation = forms.CharField(label=_("Organisation"), max_length=200)
    industry = forms.ModelChoiceField(
        Topic.objects.filter(kind=Topic.Kind.INDUSTRY), label=_("Industry"), required=False,
        empty_label="–",
    )  # fmt: skip
    function = forms.CharField(label=_("Function"), max_length=200, required=False)
    needs = forms.ModelMultipleChoiceField(
        Topic.objects.filter(kind=Topic.Kind.TOPIC), label=_("What I look for advice on"),
        required=False, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    brings = forms.ModelMultipleChoiceField(
        Topic.objects.filter(kind=Topic.Kind.TOPIC), label=_("What I can help with"),
        required=False, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    is_listed = forms.BooleanField(
        label=_("My name, organisation and function may stand on the public page."),
        required=False, help_text=_("You can take this back at any time."),
    )  # fmt: skip


class JoinForm(ProfileForm):
    """The same, with the rules accepted."""

    accepts_rules = forms.BooleanField(label=_("I accept the rules of the room."), required=False)


class ItemForm(forms.ModelForm):
    """A question, an idea, a report, an approach, an input; and how far it may go."""

    openness = forms.ChoiceField(
        label=_("Who may read it"), choices=Openness.choices, widget=forms.RadioSelect,
        help_text=_("You alone decide, and you can change it at any time."),
    )  # fmt: skip
    link = forms.URLField(
        label=_("Link to material"), max_length=500, required=False, assume_scheme="https"
    )

    trial = forms.ChoiceField(
        label=_("Trial of the idea"), required=False,
        choices=[("", "–"), *KnowledgeItem.Trial.choices],
    )  # fmt: skip

    class Meta:
        model = KnowledgeItem
        fields: ClassVar[tuple[str, ...]] = (
            "kind", "title", "text", "topic", "session", "link", "openness", "trial", "terms",
            "is_restricted",
        )  # fmt: skip
        labels = {
            "kind": _("Kind"),
            "title": _("Title"),
            "text": _("Text"),
            "topic": _("Topic"),
            "session": _("Session that it belongs to"),
            "terms": _("Terms of use"),
            "is_restricted": _("May not be passed on: no export, never public"),
        }
        widgets: ClassVar = {"text": forms.Textarea(attrs={"rows": 6})}
        help_texts = {"terms": _("Such as CC BY 4.0, or: only within our cohort, with my name")}

    def __init__(self, *args: Any, cohort: Cohort, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["session"].queryset = cohort.sessions.in_order()  # type: ignore[attr-defined]
        for name in ("topic", "session"):
            self.fields[name].empty_label = "–"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("trial") and cleaned.get("kind") != KnowledgeItem.Kind.IDEA:
            self.add_error("trial", _("Only an idea is tried out."))
        return cleaned

    def _post_clean(self) -> None:
        """The domain judges and writes; the form only asks."""


class InputForm(ItemForm):
    """An input that the office enters for a knowledge giver."""

    trial = None  # type: ignore[assignment]

    class Meta(ItemForm.Meta):
        fields: ClassVar[tuple[str, ...]] = (
            "title",
            "text",
            "topic",
            "session",
            "link",
            "openness",
            "terms",
            "is_restricted",
        )

    def __init__(self, *args: Any, cohort: Cohort, **kw: Any) -> None:
        super().__init__(*args, cohort=cohort, **kw)
        choices = [each for each in Openness.choices if each[0] != Openness.OWNER]
        self.fields["openness"].choices = choices  # type: ignore[attr-defined]


class ReplyForm(forms.Form):
    """An answer or a supplement."""

    text = forms.CharField(
        label=_("Your answer or supplement"), max_length=3000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
