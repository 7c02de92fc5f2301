"""Photos with credit: brought, described, taken down and put back, erased for good.

Whoever takes one down can put it back; erasing deletes the bytes and cannot be undone.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.audit import trail
from foundation.documents import files
from foundation.documents.photos import JPEG, repaint
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from partnerships.models import CityLab, NewsItem, Partnership, Photo, Project

Place = Partnership | NewsItem | Project | CityLab
COLUMNS: dict[type, str] = {NewsItem: "news", Project: "project", CityLab: "lab"}


class CreditMissing(DomainError):
    """No credit, or no words in one of the languages."""


class PlaceTaken(DomainError):
    """There is a photo in this place already."""


class PhotoErased(DomainError):
    """The bytes are deleted; nothing can be put back."""


def bring(place: Place, data: bytes, *, alt: LocalizedText, credit: str, by: User | None) -> Photo:
    """Make the photo anew without its metadata and show it at `place`.

    Raises PhotoRefused, CreditMissing, PlaceTaken, StorageFailed.
    """
    _demand_words(alt, credit)
    painted = repaint(data)
    partnership = place if isinstance(place, Partnership) else place.partnership
    with transaction.atomic():
        Partnership.objects.select_for_update().get(pk=partnership.pk)
        where = _where(place)
        _demand_free(partnership, where)
        photo = Photo.objects.create(
            partnership=partnership,
            **where,
            file=files.store(painted.data, name="foto.jpg", media_type=JPEG),
            width=painted.width,
            height=painted.height,
            alt=alt,
            credit=credit.strip(),
            brought_by=by,
        )
        trail.record("photo.brought", photo, by=by, sha256=photo.file.sha256)
    return photo


def describe(photo: Photo, *, alt: LocalizedText, credit: str, by: User | None) -> None:
    """Other words or another credit. Raises CreditMissing."""
    _demand_words(alt, credit)
    with transaction.atomic():
        Photo.objects.filter(pk=photo.pk).update(alt=alt, credit=credit.strip())
        trail.record("photo.described", photo, by=by)
    photo.refresh_from_db(fields=["alt", "credit"])


def take_down(photo: Photo, *, by: User | None) -> None:
    """Show it nowhere; its address answers as if it had never been. Nothing the second time."""
    with transaction.atomic():
        if Photo.objects.standing().filter(pk=photo.pk).update(taken_down_at=timezone.now()):
            trail.record("photo.taken-down", photo, by=by)
    photo.refresh_from_db(fields=["taken_down_at"])


def put_back(photo: Photo, *, by: User | None) -> None:
    """Show it again where it was. Raises PhotoErased, PlaceTaken."""
    with transaction.atomic():
        Partnership.objects.select_for_update().get(pk=photo.partnership_id)
        kept = Photo.objects.get(pk=photo.pk)
        if kept.erased_at:
            raise PhotoErased(
                "photo-erased", _("This photo was deleted for good. Bring it once more.")
            )
        if kept.taken_down_at:
            _demand_free(kept.partnership, _where(kept.place))
            Photo.objects.filter(pk=photo.pk).update(taken_down_at=None)
            trail.record("photo.put-back", photo, by=by)
    photo.refresh_from_db(fields=["taken_down_at"])


def erase(photo: Photo, *, by: User | None) -> None:
    """Take it down and delete its bytes for good; credit and digest stay on record."""
    take_down(photo, by=by)
    with transaction.atomic():
        if Photo.objects.filter(pk=photo.pk, erased_at=None).update(erased_at=timezone.now()):
            files.purge(photo.file, by=by)
            trail.record("photo.erased", photo, by=by, sha256=photo.file.sha256)
    photo.refresh_from_db(fields=["erased_at"])


def _where(place: Place) -> dict[str, Place | None]:
    own = COLUMNS.get(type(place), "")
    return {column: place if column == own else None for column in COLUMNS.values()}


def _demand_words(alt: LocalizedText, credit: str) -> None:
    if not credit.strip() or not all(alt.get(language).strip() for language in ("de", "en")):
        raise CreditMissing(
            "credit-missing",
            _(
                "A photo needs its credit, and words for people who do not see it, "
                "in German and English."
            ),
        )


def _demand_free(partnership: Partnership, where: dict[str, Place | None]) -> None:
    if partnership.photos.standing().filter(**where).exists():
        raise PlaceTaken(
            "photo-place-taken",
            _("There is a photo in this place already. Take it down first."),
        )
