"""Deleting one's own account: asking for the code, held back by roles, confirmed by a factor."""

from __future__ import annotations

from foundation.accounts.models import User
from tests.browser.places import Place, at

NO_PAGES = "account_delete_code"


def prepare(people: dict[str, User]) -> None:
    """Everybody is there already."""


def places() -> list[Place]:
    return [
        at("account_delete", who="gast"),
        at("account_delete:code", who="gast", sends="form[action$='/loeschen/code/']"),
        at("account_delete:held", who="otto"),
        at("account_delete:seated", who="clara"),
        at("account_deleted"),
    ]
