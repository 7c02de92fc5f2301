"""Papers of a session: PDFs that members get with the invitation, each for one item.

Until the session is opened a paper can be taken off again; who may read it can always be changed.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from formats.models import AgendaItem, Meeting, Paper
from formats.sittings import agenda, packs
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.documents import files
from foundation.documents.rendering import check_limits
from foundation.documents.uploads import PDF, kind_of
from foundation.mail import outbox


def attach(item: AgendaItem, *, name: str, data: bytes, is_public: bool, by: User) -> Paper:
    """Put a PDF to an item, until the session is over. Raises UploadRefused, StorageFailed."""
    kind_of(data, allowed=[PDF])
    check_limits(name)
    with transaction.atomic():
        meeting = agenda.lock(item.meeting)
        # Numbers of papers that were taken off are not given again: somebody may have got them.
        number = trail.history_of(meeting).filter(verb="paper.added").count() + 1
        stored = files.store(data, name=f"{meeting.reference}-V{number}.pdf", media_type=PDF)
        paper = Paper.objects.create(item=item, name=name, file=stored, is_public=is_public)
        trail.record("paper.added", meeting, by=by, paper=paper.pk, sha256=stored.sha256)
        agenda.changed(meeting)
    return paper


def remove(paper: Paper, *, by: User) -> None:
    """Take a paper off before the session: its bytes go for good, also from pack and mails.

    What has left in a mail cannot be called back. Raises AgendaClosed.
    """
    with transaction.atomic():
        meeting = agenda.lock(paper.item.meeting)
        if meeting.opened_at is not None:
            raise agenda.AgendaClosed(
                "session-opened",
                _("The session is open: its papers stay. You can show this one to the body only."),
            )
        trail.record("paper.removed", meeting, by=by, paper=paper.pk, sha256=paper.file.sha256)
        Paper.objects.filter(pk=paper.pk).delete()
        outbox.leave_out(paper.file)
        files.purge(paper.file, by=by)
        packs.throw_away(meeting, by=by)
        agenda.changed(meeting)


def show(paper: Paper, *, to_everybody: bool, by: User) -> None:
    """Let everybody read the paper, or the body and the office only; also after the session."""
    with transaction.atomic():
        meeting = Meeting.objects.select_for_update().get(pk=paper.item.meeting_id)
        Paper.objects.filter(pk=paper.pk).update(is_public=to_everybody)
        trail.record(
            "paper.shown" if to_everybody else "paper.hidden", meeting, by=by, paper=paper.pk
        )
        agenda.changed(meeting)
