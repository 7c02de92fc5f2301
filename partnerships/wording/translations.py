"""The texts of a partnership that its agreement prints: goals, formats, roles, functions.

They live with their own pages; here one language of all of them can be read and completed at once.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from django.db import models, transaction
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.audit import trail
from foundation.languages import LocalizedText
from partnerships.models import Agreement
from partnerships.wording.clauses import TextIsFixed, check_words
from partnerships.wording.drafts import Draft, gather


@dataclasses.dataclass(frozen=True)
class DataText:
    """One text of one row, and the words for where it is found."""

    row: models.Model
    field: str
    place: str

    @property
    def key(self) -> str:
        return f"{self.row._meta.model_name}-{self.row.pk}-{self.field}"

    @property
    def text(self) -> LocalizedText:
        text: LocalizedText = getattr(self.row, self.field)
        return text

    def lags(self, language: str) -> bool:
        """Whether this language is missing or out of date."""
        return not self.text.get(language) or self.text.outdated(language)


def texts_of(draft: Draft) -> list[DataText]:
    """Every text that must be there in every language of the agreement."""
    carried = draft.carried

    def prints(slug: str) -> bool:
        return carried is None or slug in carried

    texts = [DataText(draft.agreement, "title", _("Title"))]
    if prints("purpose"):
        texts.append(DataText(draft.agreement.partnership, "target_picture", _("Target picture")))
    for goal in draft.goals if prints("goals") else ():
        place = _("Goal “%(goal)s”") % {"goal": goal.title}
        fields = ("title", "strategy", "indicator", "unit")
        texts += [DataText(goal, field, place) for field in fields]
    if prints("formats"):
        texts += [
            DataText(form, "name", _("Format “%(name)s”") % {"name": form.name})
            for form in draft.formats
        ]
    if prints("actors"):
        roles = [place for place in draft.participations if place.role]
        texts += [DataText(place, "role", str(place.actor)) for place in roles]
    if prints("contacts"):
        texts += [DataText(contact, "function", _("Contact point")) for contact in draft.contacts]
    texts += [DataText(signer, "function", signer.name) for signer in draft.signatories]
    return texts


def translate(
    agreement: Agreement,
    language: str,
    words: Mapping[str, str],
    *,
    by: User,
    still_fits: bool = False,
) -> int:
    """Save the words of one language by key; returns how many texts changed.

    `still_fits` confirms what was left as it was. Raises TextIsFixed, ClauseTooLong.
    """
    for text in words.values():
        check_words(text)
    with transaction.atomic():
        locked = (
            Agreement.objects.select_related("partnership")
            .select_for_update(of=("self",))
            .get(pk=agreement.pk)
        )
        if not locked.is_open:
            raise TextIsFixed(
                "text-is-fixed",
                _("The text is frozen. Reopen the agreement if it has to change."),
            )
        changed = 0
        for each in texts_of(gather(locked)):
            typed = words.get(each.key, each.text.get(language)).replace("\r\n", "\n").strip()
            same = typed == each.text.get(language)
            if not typed or (same and not (still_fits and each.text.outdated(language))):
                continue
            # A trigger or constraint of the row's own table has the last word.
            type(each.row)._default_manager.filter(pk=each.row.pk).update(
                **{each.field: each.text.with_text(language, typed)}
            )
            trail.record("text.translated", each.row, by=by, language=language, field=each.field)
            changed += 1
    agreement.refresh_from_db()
    return changed
