"""One stored mail, read for people: who, when, what, and the parts that came along."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

NAME = re.compile(r"\d{8}T\d{6}\.\d{6}-\d+-\d{5,}")


class Letter:
    """A message in the folder; `name` is its file name without ending."""

    def __init__(self, path: Path) -> None:
        self.name = path.stem
        self.arrived = datetime.strptime(self.name.partition("-")[0], "%Y%m%dT%H%M%S.%f").replace(
            tzinfo=UTC
        )
        parser = BytesParser(EmailMessage, policy=policy.default)
        self.message = parser.parsebytes(path.read_bytes())

    @property
    def recipients(self) -> list[str]:
        """The envelope's addresses, as the sink wrote them on top."""
        return [str(line) for line in self.message.get_all("Delivered-To", [])]

    @property
    def subject(self) -> str:
        return str(self.message.get("Subject", "")) or "(ohne Betreff)"

    @property
    def sender(self) -> str:
        return str(self.message.get("From", ""))

    @property
    def text(self) -> str:
        """The plain text; a mail that has none says so."""
        body = self.message.get_body(preferencelist=("plain",))
        return (
            str(body.get_content()).replace("\r\n", "\n")
            if body
            else "(Diese Mail enthält keinen einfachen Text.)"
        )

    @property
    def attachments(self) -> list[tuple[str, bytes]]:
        """File names and bytes."""
        return [
            (part.get_filename() or f"anhang-{number}", _content(part))
            for number, part in enumerate(self.message.iter_attachments(), 1)
        ]


def _content(part: EmailMessage) -> bytes:
    content = part.get_content()
    return content.encode() if isinstance(content, str) else bytes(content)


def all_letters(folder: Path) -> list[Letter]:
    """Newest first."""
    return [Letter(path) for path in sorted(folder.glob("*.eml"), reverse=True)]


def find(folder: Path, name: str) -> Letter | None:
    """The letter of that name, if the name is one and the file is there."""
    path = folder / f"{name}.eml"
    return Letter(path) if NAME.fullmatch(name) and path.exists() else None
