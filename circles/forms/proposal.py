"""Forms of a proposal: title, sections, words, remarks, points, sources, versions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from circles.models import ProposalVersion
from circles.proposing.sections import MAX_LENGTH, Part
from formats.forms.localized import Asked, LocalizedForm
from foundation.languages import LocalizedText

TOO_LONG = gettext_lazy(
    "At most %(limit_value)d characters; these are %(show_value)d. Please shorten the text; "
    "nothing of it is lost."
)


class WordsField(forms.CharField):
    """A long text. The browser cuts nothing off: whoever pastes too much reads a sentence."""

    def __init__(self, *, rows: int = 4, **options: Any) -> None:
        options.setdefault("error_messages", {})
        options["error_messages"] = {"max_length": TOO_LONG, **options["error_messages"]}
        super().__init__(widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}), **options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {name: value for name, value in super().widget_attrs(widget).items()
                if name != "maxlength"}  # fmt: skip


class TitleForm(LocalizedForm):
    """What the proposal is called."""

    texts: ClassVar[dict[str, Asked]] = {
        "title": Asked(gettext_lazy("Title of the proposed solution"), 200)
    }


class HeadingForm(LocalizedForm):
    """What a section is called."""

    texts: ClassVar[dict[str, Asked]] = {"heading": Asked(gettext_lazy("Heading"), 150)}


class WritingForm(forms.Form):
    """The words of a section; `based_on` is the wording that they were written on."""

    body_de = WordsField(
        label=gettext_lazy("Text"),
        max_length=MAX_LENGTH,
        rows=16,
        error_messages={"required": gettext_lazy("Please write the text of the section.")},
    )
    body_en = WordsField(
        label=gettext_lazy("Text, in English"), max_length=MAX_LENGTH, rows=6, required=False
    )
    based_on = forms.IntegerField(min_value=0, max_value=2_147_483_647, widget=forms.HiddenInput)

    def body(self, kept: LocalizedText) -> LocalizedText:
        """What was typed; a translation that nobody touched stays made from the German of then."""
        german, english = (
            self.cleaned_data[name].replace("\r\n", "\n").strip() for name in ("body_de", "body_en")
        )
        made = LocalizedText.of("de", german, en=english)
        if english and english == kept.get("en"):
            return LocalizedText(made.stored | {"en": kept.stored["en"]})
        return made


class SectionRemarkForm(forms.Form):
    """What a member says about a section."""

    text = WordsField(
        label=gettext_lazy("Your remark"),
        max_length=2000,
        error_messages={"required": gettext_lazy("Please write your remark.")},
    )


class OpenPointForm(forms.Form):
    """What is to be settled, and perhaps where."""

    question = WordsField(
        label=gettext_lazy("What is not settled yet?"),
        max_length=500,
        rows=3,
        error_messages={"required": gettext_lazy("Please say what is to be settled.")},
    )
    section = forms.ChoiceField(label=gettext_lazy("Section"), required=False)

    def __init__(self, *args: Any, parts: Sequence[Part], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("The whole proposal")), *((p.slug, str(p.heading)) for p in parts)]
        self.fields["section"].choices = choices  # type: ignore[attr-defined]


class PointSettlementForm(forms.Form):
    """How a point was settled."""

    word = WordsField(
        label=gettext_lazy("How was it settled?"),
        max_length=500,
        rows=3,
        error_messages={"required": gettext_lazy("Please say in a few words how.")},
    )


class ProposalSourceForm(forms.Form):
    """What the proposal stands on."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    address = forms.URLField(
        label=gettext_lazy("Address on the web"),
        max_length=500,
        required=False,
        assume_scheme="https",
    )
    note = WordsField(label=gettext_lazy("Note"), max_length=500, rows=2, required=False)


class ProposalVersionForm(forms.Form):
    """What a version is kept for."""

    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("For example: for the first round of feedback."),
    )


class ReleaseForm(forms.Form):
    """The host confirms that the circle has said yes."""

    agreed = forms.BooleanField(
        label=gettext_lazy("The circle has agreed that everybody may read this version."),
        error_messages={"required": gettext_lazy("Please ask the circle first, then confirm it.")},
    )


class VersionsForm(forms.Form):
    """Which two versions are compared."""

    von = forms.TypedChoiceField(label=gettext_lazy("From"), coerce=int)
    bis = forms.TypedChoiceField(label=gettext_lazy("To"), coerce=int)

    def __init__(self, *args: Any, versions: Sequence[ProposalVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(each.n, _("Version %(n)d") % {"n": each.n}) for each in versions]
        for name in ("von", "bis"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
