"""Bring config/locale/de up to date with the sentences of the code, and compile it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from config.messages import CONTEXT_END, all_messages


class Command(BaseCommand):
    help = "Collect messages, merge translations from .po files, compile, list what is missing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("merge", nargs="*", type=Path, help=".po files with translations")

    def handle(self, *args: Any, **options: Any) -> None:
        # polib belongs to the development tools only.
        import polib

        folder = Path(settings.BASE_DIR) / "config" / "locale" / "de" / "LC_MESSAGES"
        folder.mkdir(parents=True, exist_ok=True)
        known: dict[tuple[str, str], Any] = {}
        for path in [*options["merge"], folder / "django.po"]:
            if path.exists():
                for entry in polib.pofile(str(path)):
                    if entry.msgstr or any(entry.msgstr_plural.values()):
                        known.setdefault((_with_context(entry), entry.msgid_plural), entry)
        book = polib.POFile(wrapwidth=99)
        book.metadata = {
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
            "Language": "de",
            "Plural-Forms": "nplurals=2; plural=(n != 1);",
        }
        missing = []
        for (singular, plural), place in sorted(all_messages().items()):
            entry = known.get((singular, plural))
            if entry is None:
                missing.append((place, singular))
            context, _end, text = singular.rpartition(CONTEXT_END)
            book.append(
                polib.POEntry(
                    msgctxt=context or None,
                    msgid=text,
                    msgid_plural=plural,
                    msgstr="" if plural or entry is None else entry.msgstr,
                    msgstr_plural=(entry.msgstr_plural if entry else {0: "", 1: ""})
                    if plural
                    else {},
                    flags=["python-format"] if "%(" in singular + plural else [],
                )
            )
        book.save(str(folder / "django.po"))
        book.save_as_mofile(str(folder / "django.mo"))
        for place, singular in missing:
            print(f"missing: {place}: {singular}")
        print(f"{len(book)} messages, {len(missing)} without translation")


def _with_context(entry: Any) -> str:
    """The message as the code names it: its context before it."""
    return f"{entry.msgctxt}{CONTEXT_END}{entry.msgid}" if entry.msgctxt else str(entry.msgid)
