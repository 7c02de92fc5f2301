"""Threads: of a draft, and of an adopted vision with its sheet."""

from config.pages.thread import sheets
from formats.models import ThreadSheet, Vision
from formats.printing import digest_of
from formats.weighing import visions
from foundation.documents import files
from tests.formats.factories import make_vision


def places(world):
    """The sheet's bytes here say only that they are a sheet."""
    office, meeting = world.people["office"], world.circles.vision.adopted_in
    adopted = make_vision(office, title="Eine, an der niemand weiterarbeitet")
    visions.adopt(adopted, meeting, by=office)
    draft = Vision.objects.get(slug=world.circles.places["draft vision"]["slug"])
    stored = files.store(b"%PDF-1.7 thread", name="faden.pdf", media_type="application/pdf")
    digest = digest_of(sheets.page_of(adopted, "de"))
    ThreadSheet.objects.create(vision=adopted, language="de", digest=digest, file=stored)
    return {
        "unknown thread": {"number": 999, "language": "de"},
        "adopted thread": {"number": adopted.thread},
        "draft thread": {"number": draft.thread},
        "thread on paper": {"number": adopted.thread, "language": "de"},
        "draft thread on paper": {"number": draft.thread, "language": "de"},
    }


PLAIN = {}
DEPENDENT = {}
