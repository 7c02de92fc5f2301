"""Leaving for good: the forms that are sent; whoever has a role is held back."""


def places(world):
    return {}


PLAIN: dict[str, dict[str, object]] = {
    "account_delete": {"understood": "on", "code": "BBBB-BBBB"},
    "account_delete_code": {},
}
DEPENDENT: dict[str, object] = {}
