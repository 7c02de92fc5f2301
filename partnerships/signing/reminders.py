"""Before the time to sign is over: seven days and one day ahead, to the silent only, once each."""

from __future__ import annotations

import datetime as dt

from foundation.effects import work
from partnerships.models import Agreement, AgreementVersion
from partnerships.signing import notices
from partnerships.wording.versions import standing_version

DAYS_AHEAD = (7, 1)


def plan(version: AgreementVersion, sign_by: dt.datetime) -> None:
    """Ask for the reminders of one version when its signatures begin to be collected."""
    for days in DAYS_AHEAD:
        work.request(
            "agreement.remind",
            f"v{version.pk}-{days}",
            due_at=sign_by - dt.timedelta(days=days),
            version_id=version.pk,
            days=days,
        )


def remind(version: AgreementVersion, days: int) -> None:
    """Tell those who have not signed; nothing once it was signed, declined or opened again."""
    agreement = version.agreement
    if agreement.state == Agreement.State.COLLECTING and standing_version(agreement) == version:
        notices.remind_to_sign(agreement, version, days)
