"""No form takes what its column cannot hold: a clear sentence instead of an error of the database.

A field is compared with the columns of its name in its app. Where those differ, COLUMNS says which
one it is; where there is none (moments put together from a day and a time), it has a limit at all.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from django import forms
from django.apps import apps
from django.db import models

APPS = ("formats", "circles", "partnerships")
# (app.Form, field): the model whose column of that name the field is written to; "" where the
# words are never written as typed (codes, digits, numbers to find something by).
COLUMNS = {
    ("circles.AnswerForm", "answer"): "Inquiry",
    ("circles.BeaconForm", "signature"): "",
    ("circles.CorrectionForm", "reason"): "PoolCorrection",
    ("circles.DecisionForm", "reason"): "Objection",
    ("circles.DiceForm", "digits"): "",
    ("circles.FallbackForm", "value"): "",
    ("circles.NamingForm", "reason"): "Nomination",
    ("circles.NominationForm", "reason"): "Nomination",
    ("circles.GatheringForm", "place"): "",  # Meeting, of formats
    ("circles.GatheringItemForm", "title"): "",  # AgendaItem, of formats
    ("circles.MotionForm", "reason"): "DrawMotion",
    ("circles.MotionForm", "file_reference"): "DrawMotion",
    ("circles.OfferNoteForm", "reference"): "",
    ("circles.PaperEndForm", "reference"): "",
    ("circles.QuestionForm", "question"): "Inquiry",
    ("circles.ReferenceForm", "reference"): "",
    ("circles.SuggestedPersonForm", "reason"): "Nomination",
    ("formats.CardsForm", "guests"): "",
    ("formats.CaseForm", "title"): "Consultation",
    ("formats.CodeForm", "code"): "",
    ("formats.EntryChangeForm", "text"): "MinuteEntry",
    ("formats.EntryForm", "text"): "MinuteEntry",
    ("formats.HeldForm", "attendance"): "Event",
    ("formats.InputForm", "text"): "KnowledgeItem",
    ("formats.InputForm", "title"): "KnowledgeItem",
    ("formats.ItemForm", "text"): "KnowledgeItem",
    ("formats.ItemForm", "title"): "KnowledgeItem",
    ("formats.MinorityForm", "text"): "MinorityOpinion",
    ("formats.ReplyForm", "text"): "KnowledgeReply",
    ("partnerships.AnswerForm", "reason"): "PictureContribution",
    ("partnerships.CompareForm", "digits"): "",
    ("partnerships.CompareForm", "reason"): "Comparison",
    ("partnerships.CorrectionForm", "name"): "Actor",
    ("partnerships.CorrectionForm", "note"): "",
    ("partnerships.FileNumberForm", "number"): "FileReference",
    ("partnerships.NoticeForm", "reason"): "Termination",
    ("partnerships.ReasonForm", "reason"): "",
    ("partnerships.SiteForm", "place"): "LabSite",
    ("partnerships.SuggestForm", "reason"): "",
}
RANGES = {
    models.PositiveSmallIntegerField: (0, 32767),
    models.SmallIntegerField: (-32768, 32767),
    models.PositiveIntegerField: (0, 2147483647),
    models.IntegerField: (-2147483648, 2147483647),
}
TYPED = (forms.CharField, forms.IntegerField)
# Decimals have digits, answers of a device are judged as a whole.
JUDGED_ELSEWHERE = (forms.DecimalField, forms.FloatField, forms.JSONField)


def forms_of(app: str) -> list[type[forms.BaseForm]]:
    """Every form that the modules of app.forms define."""
    package = importlib.import_module(f"{app}.forms")
    names = [each.name for each in pkgutil.iter_modules(package.__path__, f"{app}.forms.")]
    found = {
        each
        for name in names
        for each in vars(importlib.import_module(name)).values()
        if isinstance(each, type) and issubclass(each, forms.BaseForm) and each.__module__ == name
    }
    return sorted(found, key=lambda form: (form.__module__, form.__name__))


def typed_fields() -> Iterator[tuple[str, str, str, forms.Field]]:
    """(app, form, name, field) of everything that people type."""
    for app in APPS:
        for form in forms_of(app):
            for name, field in form.base_fields.items():
                if isinstance(field, TYPED) and not isinstance(field, JUDGED_ELSEWHERE):
                    yield app, form.__name__, name, field


def columns_for(app: str, form: str, name: str) -> list[models.Field]:
    """The columns that a field may be written to: IdeaForm.title means that of Idea."""
    only = COLUMNS.get((f"{app}.{form}", name))
    found = [
        column
        for model in apps.get_app_config(app).get_models()
        for column in model._meta.concrete_fields
        if column.name == name
        and isinstance(column, models.CharField | models.TextField | models.IntegerField)
        and not column.choices
    ]
    if only is not None:
        return [each for each in found if each.model.__name__ == only]
    return [each for each in found if each.model.__name__ == form.removesuffix("Form")] or found


def holds(column: models.Field, field: forms.Field) -> bool:
    """Whether the column takes whatever the field lets through."""
    if isinstance(field, forms.IntegerField):
        if type(column) not in RANGES or field.min_value is None:
            return False
        low, high = RANGES[type(column)]
        return low <= field.min_value and field.max_value <= high
    if isinstance(column, models.TextField):
        return True
    return isinstance(column, models.CharField) and field.max_length <= column.max_length


@pytest.mark.parametrize("app", APPS)
def test_whatever_people_type_has_a_limit(app):
    unlimited = [
        f"{form}.{name}"
        for where, form, name, field in typed_fields()
        if where == app
        and (field.max_value if isinstance(field, forms.IntegerField) else field.max_length) is None
    ]
    assert not unlimited, "\n".join(unlimited)


@pytest.mark.parametrize("app", APPS)
def test_no_field_lets_through_what_its_column_refuses(app):
    too_much = []
    for where, form, name, field in typed_fields():
        limit = field.max_value if isinstance(field, forms.IntegerField) else field.max_length
        columns = columns_for(where, form, name)
        if where != app or limit is None:
            continue
        refusing = [str(each) for each in columns if not holds(each, field)]
        if refusing:
            too_much.append(f"{form}.{name} ({limit}): {', '.join(refusing)}")
    assert not too_much, "\n".join(too_much)


def test_every_named_column_is_there():
    fields = {(f"{app}.{form}", name) for app, form, name, _field in typed_fields()}
    assert [key for key in COLUMNS if key not in fields] == []
    ours = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    models_of = {model.__name__: model for model in ours}
    missing = [
        (name, model)
        for (_form, name), model in COLUMNS.items()
        if model and name not in {each.name for each in models_of[model]._meta.fields}
    ]
    assert missing == []
