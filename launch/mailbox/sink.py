"""An SMTP server that keeps every message as one .eml file and sends none of them on."""

from __future__ import annotations

import asyncio
import itertools
import os
import re
from datetime import UTC, datetime
from pathlib import Path

LARGEST = 30 * 1024 * 1024
GREETING = ("250-localhost", f"250-SIZE {LARGEST}", "250-8BITMIME", "250 SMTPUTF8")
ANSWERS = {"NOOP": "250 OK", "RSET": "250 OK", "VRFY": "252 Send it and see", "QUIT": "221 Bye"}
PATH = re.compile(r"(?:FROM|TO):\s*<([^<>]*)>", re.IGNORECASE)
_numbers = itertools.count(1)


async def serve(port: int, folder: Path) -> None:
    """Take mail on 127.0.0.1:PORT for ever; each message appears in FOLDER when it is complete."""

    async def one_caller(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await _Talk(reader, writer, folder).hold()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            return  # hung up in the middle; what was not acknowledged the sender keeps
        finally:
            writer.close()

    server = await asyncio.start_server(one_caller, "127.0.0.1", port, limit=LARGEST)
    async with server:
        await server.serve_forever()


def store(folder: Path, recipients: list[str], message: bytes) -> Path:
    """Write a message under a name that sorts by arrival, complete or not at all."""
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%f")
    final = folder / f"{moment}-{os.getpid()}-{next(_numbers):05}.eml"
    draft = final.with_suffix(".part")
    envelope = "".join(f"Delivered-To: {recipient}\r\n" for recipient in recipients)
    try:
        with draft.open("xb") as out:
            out.write(envelope.encode() + message)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    draft.replace(final)
    return final


class _Talk:
    """One connection: who sends to whom, until the data come."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, folder: Path
    ) -> None:
        self.reader, self.writer, self.folder = reader, writer, folder
        self.sender: str | None = None
        self.recipients: list[str] = []

    async def hold(self) -> None:
        """Talk until QUIT."""
        await self._say("220 localhost demo mailbox")
        while True:
            line = (await self.reader.readuntil(b"\n")).decode("utf-8", "replace").strip()
            verb = line[:4].upper()
            await self._say(*await self._answer(verb, line))
            if verb == "QUIT":
                return

    async def _answer(self, verb: str, line: str) -> tuple[str, ...]:
        if verb in ("EHLO", "HELO"):
            return GREETING if verb == "EHLO" else ("250 localhost",)
        if verb == "MAIL":
            return (self._from(line),)
        if verb == "RCPT":
            return (self._to(line),)
        if verb == "DATA":
            return (await self._data(),)
        if verb == "RSET":
            self.sender, self.recipients = None, []
        return (ANSWERS.get(verb, "502 Not known here"),)

    def _from(self, line: str) -> str:
        found = PATH.search(line)
        if not found:
            return "501 Say MAIL FROM:<address>"
        self.sender, self.recipients = found[1], []
        return "250 OK"

    def _to(self, line: str) -> str:
        found = PATH.search(line)
        if self.sender is None:
            return "503 Say MAIL FROM first"
        if not found or not found[1]:
            return "501 Say RCPT TO:<address>"
        self.recipients.append(found[1])
        return "250 OK"

    async def _data(self) -> str:
        if not self.recipients:
            return "503 Say RCPT TO first"
        await self._say("354 End with a dot on a line of its own")
        lines: list[bytes] = []
        line = await self.reader.readuntil(b"\n")
        while line not in (b".\r\n", b".\n"):
            lines.append(line[1:] if line.startswith(b".") else line)
            line = await self.reader.readuntil(b"\n")
        recipients, self.sender, self.recipients = self.recipients, None, []
        message = b"".join(lines)
        if len(message) > LARGEST:
            return "552 Too large"
        try:
            store(self.folder, recipients, message)
        except OSError as fault:
            return f"452 Cannot keep it: {fault.strerror}"
        return "250 Kept"

    async def _say(self, *lines: str) -> None:
        self.writer.write("".join(f"{line}\r\n" for line in lines).encode())
        await self.writer.drain()
