"""The one kind of refusal that people read.

A domain function raises it, a view puts its sentence on the form.
"""

from __future__ import annotations


class DomainError(Exception):
    """A refusal with a stable code and a sentence in the reader's language.

    `code` is lower-case with hyphens and never translated; `message` says what went wrong,
    what was kept and what to do next.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return str(self.message)
