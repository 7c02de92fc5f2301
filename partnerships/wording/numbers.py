"""How agreement numbers look in addresses: SB-2026-003, and SB-2026-003/A1 for an amendment."""

from __future__ import annotations


class AgreementNumber:
    """Path converter; the number stands in the address as it is printed."""

    regex = r"[-a-zA-Z0-9_]+(?:/A[0-9]+)?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
