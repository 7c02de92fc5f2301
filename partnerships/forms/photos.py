"""Forms of photos: the file with its words and its credit, later only the words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from foundation.documents.photos import MAX_BYTES
from partnerships.deeds.photos import Place
from partnerships.forms.words import REQUIRED, WordsForm
from partnerships.models import Partnership


class PhotoWordsForm(WordsForm):
    """What the photo shows, and who took it."""

    WORDS = {"alt": (_("What the photo shows, in one sentence"), 1, True)}

    credit = forms.CharField(
        label=_("Credit"),
        help_text=_("The name of who took it, as it is to stand below the photo."),
        max_length=200,
        error_messages=REQUIRED,
    )


class PhotoForm(PhotoWordsForm):
    """A photo for the page of a partnership, or of something that belongs to it."""

    place = forms.ChoiceField(label=_("Where it is shown"), error_messages=REQUIRED)
    file = forms.FileField(
        label=_("Photo (JPEG, PNG or WebP)"),
        help_text=_(
            "At most 10 MB. It is made smaller, and everything the camera wrote into it is removed."
        ),
        allow_empty_file=True,
        error_messages={"required": _("Please choose the file.")},
    )
    may_show = forms.BooleanField(
        label=_("We may show this photo; everybody who can be recognised on it agrees."),
        error_messages={"required": _("Please confirm that the photo may be shown.")},
    )

    def __init__(self, *args: Any, partnership: Partnership, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.places: dict[str, Place] = {"partnership": partnership}
        for kind, found in (
            ("news", partnership.news.all()),
            ("project", partnership.projects.all()),
            ("lab", partnership.labs.all()),
        ):
            self.places |= {f"{kind}-{each.pk}": each for each in found}
        names = {"news": _("News"), "project": _("Joint project"), "lab": _("City Lab")}
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            (key, f"{names[key.partition('-')[0]]}: {place}" if "-" in key else str(place))
            for key, place in self.places.items()
        ]

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > MAX_BYTES:
            sentence = _("The photo is larger than %(limit)s MB. It was not kept.")
            raise ValidationError(sentence % {"limit": MAX_BYTES // (1024 * 1024)})
        return upload

    @property
    def chosen(self) -> Place:
        """What the photo is brought for."""
        return self.places[self.cleaned_data["place"]]
