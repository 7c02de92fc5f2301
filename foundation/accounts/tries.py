"""How often something about an account may be tried, counted by the address of mail."""

from __future__ import annotations

import datetime as dt

from foundation.posting.limits import Limit

# Right passwords are given back.
WRONG_PASSWORDS = Limit("password", at_most=5, per=dt.timedelta(minutes=5))
# Mails with a code or a reset link, to one address.
MAILS = (
    Limit("account-mail", at_most=6, per=dt.timedelta(minutes=10)),
    Limit("account-mail-day", at_most=30, per=dt.timedelta(days=1)),
)
