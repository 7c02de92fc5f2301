"""A form field, prepared for KERN's markup: one answer to one question.

Decides which of five shapes a bound field takes and which ids its hint and errors carry.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

_CLASS: Final = {"text": "kern-form-input__input", "select": "kern-form-input__select"}


@dataclass(frozen=True)
class Option:
    """One radio button or check box of a group."""

    id: str
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class FieldView:
    """What a template needs to draw a field; `kind` is hidden, check, options, select or text."""

    kind: str
    name: str
    label: str
    control: SafeString
    control_id: str
    hint: str = ""
    hint_id: str = ""
    errors: list[str] = field(default_factory=list)
    error_id: str = ""
    described_by: str = ""
    optional: bool = False
    input_type: str = ""
    options: list[Option] = field(default_factory=list)
    required: bool = False

    @property
    def target_id(self) -> str:
        """Where an error link jumps to: the control, or the first option of a group."""
        return self.options[0].id if self.options else self.control_id


def kind_of(widget: forms.Widget) -> str:
    """The shape a widget takes: hidden, check, options, select or text."""
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "options"
    if isinstance(widget, forms.Select):
        return "select"
    return "text"


def view_of(
    bound: BoundField,
    *,
    label: str = "",
    hint: str = "",
    autocomplete: str = "",
    mark_optional: bool = True,
    attrs: Mapping[str, Any] | None = None,
) -> FieldView:
    """Prepare `bound` for the template components/field.html.

    Empty arguments fall back to the form's own label and help text.
    """
    widget = bound.field.widget
    kind = kind_of(widget)
    hint = str(hint or bound.help_text or "")
    hint_id = f"{bound.auto_id}_hint" if hint else ""
    errors = [str(error) for error in bound.errors]
    error_id = f"{bound.auto_id}_error" if errors else ""
    described_by = " ".join(part for part in (error_id, hint_id) if part)
    return FieldView(
        kind=kind,
        name=bound.html_name,
        label=str(label or bound.label or ""),
        control=_control(bound, kind, described_by, autocomplete, attrs or {}),
        control_id=str(bound.auto_id),
        hint=hint,
        hint_id=hint_id,
        errors=errors,
        error_id=error_id,
        described_by=described_by,
        optional=mark_optional and not bound.field.required and kind not in {"check", "hidden"},
        input_type=str(getattr(widget, "input_type", "")),
        options=_options(bound) if kind == "options" else [],
        required=bool(bound.field.required),
    )


def _control(
    bound: BoundField, kind: str, described_by: str, autocomplete: str, extra: Mapping[str, Any]
) -> SafeString:
    if kind == "options":
        return SafeString("")
    attrs: dict[str, Any] = dict(extra)
    own = bound.field.widget.attrs.get("class", "")
    stem = _CLASS.get(kind, "kern-form-check__checkbox" if kind == "check" else "")
    mark = f" {stem}--error" if bound.errors and stem else ""
    attrs["class"] = f"{stem}{mark} {own}".strip()
    if described_by:
        attrs["aria-describedby"] = described_by
    if bound.errors:
        attrs["aria-invalid"] = "true"
    if autocomplete:
        attrs["autocomplete"] = autocomplete
    if kind == "hidden":
        attrs.pop("class")
    return bound.as_widget(attrs=attrs)


def _options(bound: BoundField) -> list[Option]:
    return [
        Option(
            id=str(sub.id_for_label),
            value=str(sub.data["value"]),
            label=str(sub.choice_label),
            chosen=bool(sub.data["selected"]),
        )
        for sub in bound.subwidgets
    ]
