"""What people type into the forms of a partnership: refused with a sentence, never with a crash."""

import pytest

from partnerships.forms.partnerships import EncounterForm, MeasureForm

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("value", ["99999999999999", "-99999999999", "1.234"])
def test_a_number_that_no_column_holds_is_refused_in_words(value):
    form = MeasureForm({"value": value, "on": "2026-06-30"})
    assert list(form.errors) == ["value"]
    assert form["value"].value() == value


def test_a_date_of_unknown_precision_is_refused(partnership):
    typed = {"title_de": "Treffen", "title_en": "Meeting", "state": "planned"}
    form = EncounterForm(
        {**typed, "on": "2026-06-30", "precision": "unknown"}, partnership=partnership
    )
    assert list(form.errors) == ["precision"]
