"""What to tell people about quotas that cannot be kept: which limit to change, and to what.
The mathematics behind it stands in `circles/quotas/`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from circles.lottery import Quota
from circles.quotas.instance import Instance


def of_relaxation(
    instance: Instance,
    changes: Iterable[tuple[Quota, Quota]],
    name: Callable[[Quota], str],
) -> list[str]:
    """One sentence for each limit that must give way; `name` says what a quota is about."""
    found = []
    for asked, possible in changes:
        told = {"who": name(asked), "has": instance.having(asked)}
        if possible.least < asked.least and not instance.having(asked):
            text = _("Nobody is “%(who)s”: lower its minimum from %(asked)d to %(possible)d.")
        elif possible.least < asked.least:
            text = _("Lower the minimum of “%(who)s” from %(asked)d to %(possible)d.")
        else:
            text = ""
        if text:
            found.append(text % {**told, "asked": asked.least, "possible": possible.least})
        if possible.most > asked.most:
            text = _("Raise the maximum of “%(who)s” from %(asked)d to %(possible)d.")
            found.append(text % {**told, "asked": asked.most, "possible": possible.most})
    return found


def of_idle(quotas: Iterable[Quota], name: Callable[[Quota], str]) -> list[str]:
    """One sentence for each quota on a value that nobody has."""
    return [
        _("Nobody is “%(who)s”, so this quota changes nothing.") % {"who": name(quota)}
        for quota in quotas
    ]
