"""Django's admin shows master data and nothing else: no factors, no addresses, no groups."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from foundation.accounts.models import User
from tests.conftest import login, make_user

MASTER_DATA = {
    "circles.circle": {"view"},
    "formats.actionfield": {"view", "add", "change"},
    "formats.body": {"view", "change"},
    "formats.membership": {"view", "change"},
}


def test_exactly_the_master_data_are_registered(db):
    assert {model._meta.label_lower for model in admin.site._registry} == set(MASTER_DATA)


def test_an_administrator_may_do_what_is_listed_and_nothing_else(anton):
    granted = {
        (model._meta.label_lower, action)
        for model in apps.get_models()
        for action in ("view", "add", "change", "delete")
        if anton.has_perm(f"{model._meta.app_label}.{action}_{model._meta.model_name}")
    }
    assert granted == {(label, action) for label, each in MASTER_DATA.items() for action in each}
    assert {app.label for app in apps.get_app_configs() if anton.has_module_perms(app.label)} == {
        "circles",
        "formats",
    }


def test_nobody_else_may_anything(otto, db):
    resting = make_user("Nora", is_staff=True)
    for person in (otto, resting):
        assert not person.has_perm("formats.view_body")
        assert not person.has_module_perms("formats")


@pytest.mark.parametrize(
    "path",
    [
        "mfa/authenticator/",
        "mfa/authenticator/add/",
        "account/emailaddress/",
        "account/emailaddress/add/",
        "auth/group/",
        "auth/group/add/",
        "accounts/mandate/",
        "accounts/user/",
    ],
)
def test_what_makes_a_person_somebody_is_not_in_the_admin(anton, path):
    client = login(Client(), anton, fresh=True)
    assert client.get("/admin/formats/body/").status_code == 200
    assert client.get(f"/admin/{path}").status_code == 404
    assert client.get("/admin/formats/membership/add/").status_code == 403


def test_there_are_no_superusers(clara):
    with pytest.raises(ValidationError):
        User.objects.create_user("nora@example.org", is_superuser=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=clara.pk).update(is_superuser=True)
    made = User.objects.create_superuser("nils@example.org", "langes Passwort 1")
    assert (made.is_staff, made.is_superuser, made.has_perm("formats.view_body")) == (
        False,
        False,
        False,
    )
