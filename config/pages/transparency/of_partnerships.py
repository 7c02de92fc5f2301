"""How agreements were signed, and what was corrected in published figures and texts."""

from __future__ import annotations

from collections import Counter

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from config.pages.transparency import sheets
from config.pages.transparency.sheets import Line, Sheet
from partnerships.models import Agreement, AgreementVersion, Evidence, Measurement


def agreements() -> Sheet:
    """Every concluded agreement that is public, with its signatures by kind of evidence."""
    versions = AgreementVersion.objects.defer("content").prefetch_related("evidence")
    found = (
        Agreement.objects.filter(state=Agreement.State.CONCLUDED, published_at__isnull=False)
        .select_related("partnership")
        .prefetch_related(Prefetch("versions", versions.order_by("n")))
        .order_by("-concluded_at")
    )
    kinds = list(Evidence.Kind)
    return Sheet(
        "abkommen",
        _("Agreements by kind of evidence"),
        _("How many signatures of each kind stand under every published agreement."),
        (_("Agreement"), _("Title"), _("Concluded"), *(str(kind.label) for kind in kinds)),
        [_agreement(each, kinds) for each in found],
        _("No agreement has been published yet."),
        frozenset(range(3, 3 + len(kinds))),
    )


def _agreement(agreement: Agreement, kinds: list[Evidence.Kind]) -> Line:
    # Evidence of a version that was reopened proves nothing about the concluded one.
    concluded = list(agreement.versions.all())[-1:]
    counted = Counter(row.kind for version in concluded for row in version.evidence.all())
    concluded_at = agreement.concluded_at
    return Line(
        (
            agreement.number,
            str(agreement.title),
            sheets.day(concluded_at) if concluded_at else "",
            *(str(counted[kind]) for kind in kinds),
        ),
        reverse("agreement", args=[agreement.partnership.slug, agreement.number]),
        agreement.partnership.is_fictional,
    )


def corrections() -> list[Line]:
    """Measured values of public goals that a later one stands in for."""
    found = Measurement.objects.filter(
        corrects__isnull=False, goal__partnership__published_at__isnull=False
    ).select_related("goal__partnership", "corrects")
    return [
        Line(
            (
                _("Measured value corrected"),
                str(each.goal.title),
                sheets.day(each.entered_at),
                _("%(old)s became %(new)s") % {"old": each.corrects.value, "new": each.value}
                if each.corrects
                else "",
            ),
            reverse("partnership", args=[each.goal.partnership.slug]),
            each.goal.partnership.is_fictional,
        )
        for each in found.order_by("-entered_at")
    ]
