"""`/pruefen/`: is a document ours, whole and current? By number or by upload, for anybody.

An upload is measured before it is read, checked in a cell, and not kept.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_safe

from config.pages.forms import NumberForm, UploadForm
from foundation.documents import releases, verification
from foundation.documents.levels import LABELS
from foundation.documents.verification import Verdict
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from foundation.posting.limits import Limit
from partnerships.models import Evidence, Municipality

ROOM_FOR_THE_FORM = 64 * 1024
# Checking costs processor time and needs no account, so all visitors share one allowance.
UPLOADS = Limit("verify-upload", at_most=60, per=dt.timedelta(minutes=1))

Words = dict[str, tuple[str, str | Promise, str | Promise]]
VERDICTS: Words = {
    verification.VALID: (
        "done",
        _("Genuine and unchanged"),
        _("This file was issued and concluded here. Not a byte was changed since."),
    ),
    verification.VALID_TEST: (
        "half",
        _("Unchanged, but only a sample"),
        _("This file was made here with a test seal. It has no legal effect."),
    ),
    verification.VALID_OLDER: (
        "half",
        _("Genuine, but there is a newer one"),
        _("This file was issued here and is unchanged. A newer release has replaced it."),
    ),
    verification.NOT_FINAL: (
        "half",
        _("Genuine, but not concluded"),
        _("This file was issued here. Signatures are still missing."),
    ),
    verification.INCOMPLETE: (
        "late",
        _("Not complete"),
        _("We know this file, but not everything that must hold could be confirmed."),
    ),
    verification.CHANGED: (
        "late",
        _("Changed"),
        _("This file says that it is from here, but it is none of those that we issued."),
    ),
    verification.NOT_ISSUED_HERE: (
        "no",
        _("Not issued here"),
        _("We do not know this file. It was not issued by this portal."),
    ),
}

# The technical words of a verdict, for people.
WORDS: dict[str, str | Promise] = {
    "intact": _("unbroken"),
    "broken": _("broken"),
    "none": _("none"),
    "trusted": _("issued by an authority that we trust"),
    "test": _("test seal, without legal effect"),
    "untrusted": _("issued by an authority that we do not know"),
    "valid": _("holds"),
    "invalid": _("does not hold"),
    "entire-file": _("the whole file"),
    "entire-revision": _("an earlier state of the file only"),
    "contiguous-block-from-start": _("the beginning of the file only"),
    "unclear": _("not clear"),
    "lta-updates": _("only data that keeps the seal verifiable"),
    "form-filling": _("only signatures in their fields"),
    "annotations": _("notes on the pages"),
    "other": _("something that the seal does not allow"),
}


@csrf_exempt  # only to measure the upload first; the form itself is protected below
def verify(request: HttpRequest) -> HttpResponse:
    """The page with both ways; an upload that is too large is refused before it is read."""
    size = request.META.get("CONTENT_LENGTH") or "0"
    if not size.isdigit() or int(size) > verification.MAX_BYTES + ROOM_FOR_THE_FORM:
        form = UploadForm()
        context = {
            "upload_form": form,
            "form": form,
            "number_form": NumberForm(),
            "too_large": True,
        }
        return render(request, "pages/verify.html", context, status=413)
    return _verify(request)


@csrf_protect
def _verify(request: HttpRequest) -> HttpResponse:
    if "number" in request.GET:
        number_form = NumberForm(request.GET)
        if number_form.is_valid():
            return redirect("verify_number", number_form.cleaned_data["number"])
    else:
        number_form = NumberForm()
    upload_form = UploadForm(request.POST or None, request.FILES or None)
    verdict = _judge(upload_form) if upload_form.is_valid() else None
    form = upload_form if upload_form.is_bound else number_form
    context: dict[str, Any] = {
        "upload_form": upload_form,
        "number_form": number_form,
        "form": form,
    }
    if verdict is not None:
        sign, title, meaning = VERDICTS[verdict.verdict]
        context |= {"verdict": verdict, "sign": sign, "verdict_title": title, "meaning": meaning}
        context |= {"findings": _in_words(verdict), "parties": _parties(verdict)}
    return render(request, "pages/verify.html", context)


@require_safe
def verify_number(request: HttpRequest, number: str) -> HttpResponse:
    """What was issued under a number: state, date and digest, for comparison by anybody."""
    issued = list(releases.with_number(number).select_related("replaced_by"))
    context = {"number": number, "releases": issued, "upload_form": UploadForm()}
    return render(request, "pages/verify_number.html", context, status=200 if issued else 404)


def _in_words(verdict: Verdict) -> list[tuple[str | Promise, str | Promise]]:
    """What the signatures prove, question by question."""
    answers: list[tuple[str | Promise, str]] = [
        (_("Seals and signatures"), verdict.cryptography),
        (_("Trust"), verdict.trust),
        (_("Time stamp"), verdict.timestamp),
        (_("Covers"), verdict.coverage),
        (_("Added after sealing"), verdict.modification),
    ]
    found = [(question, WORDS.get(word, word)) for question, word in answers]
    if verdict.level:
        found.append((_("Kind of seal"), LABELS.get(verdict.level, verdict.level)))
    return found


def _parties(verdict: Verdict) -> list[dict[str, Any]]:
    """Who agreed and how; releases keep codes and functions, never names of people."""
    listed = [each for each in verdict.evidence if "party" in each]
    cities = Municipality.objects.in_bulk([each["party"] for each in listed], field_name="slug")
    return [
        {
            "party": cities.get(each["party"], each["party"]),
            "function": str(LocalizedText(each["function"])),
            "kind": Evidence.Kind(each["kind"]).label,
            "at": dt.datetime.fromisoformat(each["at"]),
        }
        for each in listed
    ]


def _judge(form: UploadForm) -> Verdict | None:
    """The verdict, or a sentence on the form."""
    try:
        UPLOADS.use("everybody")
        check: Callable[[bytes], Verdict] = verification.verify
        return check(form.cleaned_data["document"].read(verification.MAX_BYTES + 1))
    except DomainError as refusal:
        form.add_error("document", refusal.message)
        return None
