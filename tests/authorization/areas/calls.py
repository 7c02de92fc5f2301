"""Planning, rehearsing and saving: a trial, a saved form, a pair that looks alike, a table."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from circles.applying import applications, drafts
from circles.calling import trials
from circles.models import Application, Call, Likeness
from foundation.posting import human
from tests.circles.factories import code_for, make_application, make_call

TABLE = "Name;Telefon;wohnort;mindestalter\nTabea;0521 77;ja;ja\n"


def places(world):
    call = world.circles.call
    office = world.people["office"]
    place = world.places["open call"]
    token = drafts.keep(call, "", {"name": "Anna"})
    make_application(call, email="wir@example.org")
    second = make_application(call, email="wir@example.org", confirmed=False)
    pair = Likeness.objects.filter(first__call=call).first()
    elsewhere = world.places["draft call"]["call_id"]
    rehearsed = make_call(office, opened=False)
    trial = trials.begin(rehearsed, by=office)
    return {
        "saved form": {"token": token},
        "form of a second person": {
            "signed": applications.signed_id(second), "reference": second.reference,
        },
        "pair": {**place, "pk": pair.pk},
        "pair under another call": {"call_id": elsewhere, "pk": pair.pk},
        "trial": {"call_id": trial.pk, "slug": trial.circle.slug, "draw_id": trial.draw_id},
    }  # fmt: skip


def _saved(world, place):
    return {"name": "Anna", "email": "anna@example.org", "stamp": human.new_stamp(age=60)}


def _second(world, place):
    found = Application.objects.filter(reference=place["reference"]).first()
    return {"code": code_for(found) if found else "000000", "other_person": "on"}


def _upload(world, place):
    return {"table": SimpleUploadedFile("briefe.csv", TABLE.encode())}


def _rows(world, place):
    call = Call.objects.filter(pk=place["call_id"]).first()
    codes = list(call.criteria.values_list("code", flat=True)) if call else []
    answers = ";ja" * len(codes)
    return {"text": ";".join(["Name", "Telefon", *codes]) + f"\nTabea;0521 77{answers}\n"}


PLAIN: dict[str, dict[str, object]] = {"likeness_decide": {"is_same": "no"}}
DEPENDENT = {
    "apply_save": _saved,
    "apply_keep": _saved,
    "application_second": _second,
    "application_table": _upload,
    "application_table_enter": _rows,
}
