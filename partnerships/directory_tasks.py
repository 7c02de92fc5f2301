"""The worker's side of the directory: one domain call per kind of work."""

from __future__ import annotations

from celery import shared_task

from foundation.accounts.models import User
from foundation.effects import work
from partnerships.directory import checkups, forgetting, import_undoing, imports
from partnerships.models import DirectoryImport


@work.handles(imports.CARRY_OUT)
def carry_out_import(batch_id: int, chunk: int, user_id: int) -> None:
    batch = DirectoryImport.objects.get(pk=batch_id)
    imports.carry_out(batch, chunk, by=User.objects.get(pk=user_id))


@work.handles(imports.TAKE_BACK)
def take_back_import(batch_id: int, chunk: int, user_id: int) -> None:
    batch = DirectoryImport.objects.get(pk=batch_id)
    import_undoing.undo(batch, chunk, by=User.objects.get(pk=user_id))


@shared_task(name="partnerships.ask_contacts", ignore_result=True)
def ask_contacts() -> None:
    checkups.ask_all()


@shared_task(name="partnerships.forget_invitations", ignore_result=True)
def forget_invitations() -> None:
    forgetting.forget_invitations()
