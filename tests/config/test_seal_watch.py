"""The seal's end is announced twice, once each, to those who can do something about it."""

import datetime as dt
import shutil

import pytest
from cryptography import x509
from django.utils import timezone

from config.seal_watch import watch_seal
from foundation.documents.authority import ensure_test_authority
from foundation.documents.signer import seal_signer
from foundation.mail.models import OutgoingMail

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made_once(tmp_path_factory):
    return ensure_test_authority(tmp_path_factory.mktemp("seal"))


@pytest.fixture
def end(settings, tmp_path, made_once):
    settings.SEAL_DIR = tmp_path / "seal"
    shutil.copytree(made_once, settings.SEAL_DIR)
    certificate = x509.load_der_x509_certificate(seal_signer().signing_cert.dump())
    return certificate.not_valid_after_utc


def told() -> list[str]:
    return sorted(OutgoingMail.objects.filter(kind="seal_ends").values_list("to", flat=True))


def test_each_warning_leaves_once_to_office_and_administrators(end, anton, clara):
    before = [end - dt.timedelta(days=days) for days in (400, 91, 89, 60, 29, 2)]
    counts = []
    for moment in before:
        watch_seal(moment)
        counts.append(len(told()))
    assert counts == [0, 0, 2, 2, 4, 4]
    assert set(told()) == {"anton@example.org", "digitalisierungsbuero@example.org"}
    first = OutgoingMail.objects.filter(kind="seal_ends", to=anton.email).first()
    ends = timezone.localtime(end).date()
    assert str(ends.year) in first.body
