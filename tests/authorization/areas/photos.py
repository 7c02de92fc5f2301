"""A photo of news, seen or not yet seen by everybody, one of a foreign city, one taken down."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from partnerships.deeds import photos
from partnerships.models import Partnership
from tests.partnerships.factories import both

KEPT = BytesIO()
Image.new("RGB", (300, 200), "#00566b").save(KEPT, "PNG")
WORDS = {"alt_de": "Ein Steg", "alt_en": "A jetty", "credit": "Ada Beispiel"}


def places(world):
    found = {}
    for name, slug in (("private", "eins"), ("public", "zwei"), ("foreign", "fremd")):
        made = Partnership.objects.get(slug=slug)
        photo = _bring(made.news.first())
        if name == "foreign":
            found["photo of another partnership"] = {"slug": "eins", "pk": photo.pk}
        else:
            found[f"{name} photo"] = {"slug": slug, "pk": photo.pk}
    gone = _bring(Partnership.objects.get(slug="zwei").labs.first())
    photos.take_down(gone, by=None)
    return found | {"photo that was taken down": {"slug": "zwei", "pk": gone.pk}}


def _bring(place):
    return photos.bring(
        place, KEPT.getvalue(), alt=both("Ein Steg", "A jetty"), credit="Ada Beispiel", by=None
    )


def _new(world, place):
    upload = SimpleUploadedFile("steg.png", KEPT.getvalue(), "image/png")
    return {**WORDS, "place": "partnership", "may_show": "on", "file": upload}


PLAIN = {"photo_edit": WORDS, "photo_put": {"do": "down"}}
DEPENDENT = {"photo_new": _new}
