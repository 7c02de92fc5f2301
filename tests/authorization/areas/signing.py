"""Agreements on their way to being signed: with a scan, a deputy, a reserved file, a protocol."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from foundation.documents.models import Release
from partnerships.models import Agreement, Submission
from partnerships.signing import protocol, reservations, signatories, submissions
from partnerships.wording.versions import standing_version
from tests.authorization.cities import listed

SCAN = b"%PDF-1.7\nscan\n%%EOF\n"


def places(world):
    cities, office = world.cities, world.people["office"]
    scanned = cities._collecting("papier")
    other = cities._collecting("papier-zwei")
    brought = [_bring(agreement, office) for agreement in (scanned, other)]
    deputised = cities._agreed("vertretung")
    signatories.appoint_deputy(
        deputised.signatories.get(party__position=1), deputy_for="Oberbürgermeister",
        data=SCAN, by=office,
    )  # fmt: skip
    held = cities._collecting("vorgemerkt")
    reservations.reserve(held, held.signatories.get(party__position=1), by=office)
    for state in ("concluded agreement", "published agreement"):
        concluded = Agreement.objects.get(number=cities.places[state]["number"])
        for kind in (protocol.FULL, protocol.PUBLIC):
            number = protocol.protocol_number(concluded, kind)
            listed(concluded, number, kind, Release.Stage.FINAL)
    collecting = cities.places["collecting agreement"]
    return {
        "agreement with a scan": {**cities._place(scanned), "submission": brought[0].pk},
        "agreement with a scan of another": {**cities._place(scanned), "submission": brought[1].pk},
        "agreement with a deputy": cities._place(deputised),
        "agreement with a reserved file": cities._place(held),
        "collecting agreement of another city in the body": {**collecting, "position": 2},
    }


def _bring(agreement, by):
    place = agreement.signatories.get(party__position=1)
    return submissions.bring(
        agreement, place, kind=Submission.Kind.PAPER, data=SCAN,
        signed_on=timezone.localdate(), by=by,
    )  # fmt: skip


def _upload(data=SCAN):
    return SimpleUploadedFile("unterschrift.pdf", data, "application/pdf")


def _found(place):
    return Agreement.objects.filter(number=place["number"]).first()


def _bringing(world, place):
    found = _found(place)
    position = place.get("position", 1)
    named = found and found.signatories.filter(party__position=position).first()
    day = f"{timezone.localdate():%Y-%m-%d}"
    return {
        "place": named.pk if named else 1, "kind": "paper", "signed_on": day, "file": _upload(),
    }  # fmt: skip


def _comparing(world, place):
    found = _found(place)
    version = found and standing_version(found)
    return {"answer": "yes", "digits": version.short_digest if version else "0", "reason": ""}


def _deputising(world, place):
    return {"deputy_for": "Oberbürgermeisterin", "file": _upload()}


def _bringing_back(world, place):
    return {"file": _upload(b"kein PDF")}


PLAIN = {"agreement_file_number": {"number": "10.1-2026/7"}}
DEPENDENT = {
    "evidence_bring": _bringing,
    "evidence_compare": _comparing,
    "signatory_deputy": _deputising,
    "signature_upload": _bringing_back,
}
