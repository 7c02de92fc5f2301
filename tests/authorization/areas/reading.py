"""Prints of the reading version: one agreement has its print, another waits for one."""

from foundation.documents import files
from partnerships.models import Agreement, ReadingCopy
from partnerships.signing import reading
from tests.partnerships.factories import fresh


def places(world):
    """The print says what the office may read; its bytes here say only that they are a print."""
    place = world.cities.places["concluded agreement"]
    base = Agreement.objects.get(number=place["number"])
    words = reading.page_of(reading.reading_for(base, fresh(world.cities.office)))
    stored = files.store(b"%PDF-1.7 reading", name="lesen.pdf", media_type="application/pdf")
    ReadingCopy.objects.create(agreement=base, digest=reading.digest_of(words), file=stored)
    return {}


PLAIN = {}
DEPENDENT = {}
