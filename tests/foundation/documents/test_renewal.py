"""A year later: a fresh time stamp makes a new release of the same document, the old one stays."""

import datetime as dt

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from foundation.documents import files, renewal
from foundation.documents.levels import WITH_STAMP
from foundation.documents.models import Release
from foundation.documents.releases import NotReleasable, newest_of, release, renew
from foundation.documents.sealing import conclude
from foundation.documents.timestamps import SourceAway
from foundation.documents.verification import verify
from foundation.effects import work
from foundation.effects.models import Effect
from tests.foundation.documents.conftest import NUMBER

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places(seal_dir, files_dir):
    return seal_dir, files_dir


@pytest.fixture
def listed(certified, service):
    """A concluded document with a time stamp."""
    subject = ContentType.objects.get_for_model(Release)
    return release(
        conclude(certified, level=WITH_STAMP),
        subject,
        number=NUMBER,
        kind="agreement",
        stage=Release.Stage.FINAL,
        name="vereinbarung.pdf",
        by=None,
        level=WITH_STAMP,
    )


NOW = dt.timedelta(0)


def test_documents_are_renewed_when_their_stamp_is_old_enough(listed):
    assert (renewal.request_renewals(), renewal.request_renewals(older_than=NOW)) == (0, 1)
    renewal.request_renewals(older_than=NOW)
    assert Effect.objects.filter(kind=renewal.KIND).count() == 1
    work.drain(Effect.Queue.PDF)
    newer = newest_of(listed)
    old, new = files.read(listed.file), files.read(newer.file)
    assert newer.replaces == listed
    assert (newer.number, newer.kind, newer.level) == (NUMBER, "agreement", WITH_STAMP)
    assert (new.startswith(old), new != old) == (True, True)


def test_without_a_time_source_nothing_is_asked_for(listed, settings):
    settings.TSA_URL = ""
    assert renewal.request_renewals(older_than=NOW) == 0


def test_both_releases_verify_and_the_older_one_says_so(listed):
    assert verify(files.read(listed.file)).verdict == "valid-test"
    newer = renewal.renew(listed.pk)
    found = [verify(files.read(each.file)) for each in (listed, newer)]
    assert [each.verdict for each in found] == ["valid-older-release", "valid-test"]
    assert [each.timestamp for each in found] == ["valid", "valid"]
    assert renewal.renew(listed.pk) == newer


def test_a_service_that_is_away_leaves_the_document_as_it_is_and_is_asked_again(listed, service):
    renewal.request_renewals(older_than=NOW)
    service.away = True
    with pytest.raises(SourceAway):
        work.drain(Effect.Queue.PDF)
    effect = Effect.objects.get(kind=renewal.KIND)
    assert (effect.state, newest_of(listed)) == ("running", listed)
    assert effect.due_at - timezone.now() < dt.timedelta(minutes=1)


def test_only_a_continuation_of_the_same_file_renews_it(listed, concluded):
    with pytest.raises(NotReleasable) as refusal:
        renew(listed, concluded, by=None)
    assert refusal.value.code == "not-a-continuation"


def test_a_promised_stamp_must_be_there(db, concluded):
    with pytest.raises(NotReleasable) as refusal:
        release(
            concluded,
            ContentType.objects.get_for_model(Release),
            number=NUMBER,
            kind="agreement",
            stage=Release.Stage.FINAL,
            name="x.pdf",
            by=None,
            level=WITH_STAMP,
        )
    assert refusal.value.code == "time-stamp-missing"
    assert not Release.objects.exists()
