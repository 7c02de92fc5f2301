"""Ideas: what everybody types, and what the office answers."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from formats.forms.localized import Asked, LocalizedForm
from formats.forms.priority import VisionChoice
from formats.models import ActionField, Idea, Vision
from foundation.accounts.forms import AddressField
from foundation.languages import LocalizedText
from foundation.posting import human


class _FieldChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class _IdeaChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.number} {obj.title or obj.public_title}"


class IdeaForm(forms.Form):
    """An idea, where it belongs, and perhaps an address for the answer."""

    title = forms.CharField(
        label=gettext_lazy("Your idea in one line"),
        max_length=120,
        error_messages={"required": gettext_lazy("Please give your idea a short name.")},
    )
    text = forms.CharField(
        label=gettext_lazy("What would become better, and for whom?"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=gettext_lazy("Please name no people. At most 3,000 characters."),
        error_messages={"required": gettext_lazy("Please describe your idea in a few words.")},
    )
    action_field = _FieldChoice(
        label=gettext_lazy("Field of action"),
        queryset=ActionField.objects.order_by("pk"),
        required=False,
        empty_label=gettext_lazy("I do not know"),
    )
    email = AddressField(
        required=False,
        help_text=gettext_lazy("Only for our answer. We erase it as soon as the answer has left."),
    )
    stamp = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            human.demand_human(stamp=cleaned.get("stamp", ""), trap=self.data.get("nickname", ""))
        return cleaned

    @property
    def shown_stamp(self) -> str:
        """The stamp that the shown form carries."""
        return human.kept_stamp(self.data.get("stamp", "")) if self.is_bound else human.new_stamp()

    def values(self) -> dict[str, Any]:
        """What formats.ideas.send takes, but for the language."""
        return {
            name: self.cleaned_data[name] for name in ("title", "text", "action_field", "email")
        }


class IdeaAnswerForm(LocalizedForm):
    """The answer of the office, where the idea goes on, and what everybody may read of it."""

    texts: ClassVar[dict[str, Asked]] = {
        "answer": Asked(gettext_lazy("Our answer"), 2000, rows=5),
        "public_title": Asked(
            gettext_lazy("Title for everybody"),
            120,
            hint=gettext_lazy("In your words; the sender's own title is never shown."),
            required=False,
        ),
        "public_text": Asked(
            gettext_lazy("The idea in words for everybody"),
            1500,
            rows=4,
            hint=gettext_lazy(
                "Leave it empty and the idea is not shown. Take out whatever points to people."
            ),
            required=False,
        ),
    }
    vision = VisionChoice(
        label=gettext_lazy("Goes on as the vision"),
        queryset=Vision.objects.exclude(state=Vision.State.SET_ASIDE).order_by("pk"),
        required=False,
        empty_label=gettext_lazy("none yet"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["answer_de", "answer_en", "vision"])

    def values(self) -> dict[str, Any]:
        """What formats.ideas.answer takes."""
        return {
            "words": self.text("answer"),
            "vision": self.cleaned_data["vision"],
            **{name: self.text(name) or None for name in ("public_title", "public_text")},
        }


class IdeaPublicForm(LocalizedForm):
    """New public words for an answered idea; empty ones hide it."""

    texts: ClassVar[dict[str, Asked]] = {
        "public_title": Asked(gettext_lazy("Title for everybody"), 120, required=False),
        "public_text": Asked(
            gettext_lazy("The idea in words for everybody"),
            1500,
            rows=4,
            hint=gettext_lazy("Leave it empty and the idea is not shown."),
            required=False,
        ),
    }

    def words(self) -> tuple[LocalizedText, LocalizedText]:
        """The new title and words; empty when nothing was typed."""
        title, text = (self.text(name) or LocalizedText() for name in self.texts)
        return title, text


class JoinForm(forms.Form):
    """With which idea another one is joined."""

    into = _IdeaChoice(
        label=gettext_lazy("The same as"),
        queryset=Idea.objects.none(),
        empty_label=gettext_lazy("Please choose"),
        error_messages={"required": gettext_lazy("Please choose an idea.")},
    )

    def __init__(self, idea: Idea, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["into"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        states = [Idea.State.RECEIVED, Idea.State.ANSWERED]
        others = Idea.objects.filter(state__in=states).exclude(pk=idea.pk)
        field.queryset = others.exclude(title="", public_title={})
