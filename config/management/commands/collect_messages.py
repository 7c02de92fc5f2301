"""Bring config/locale up to date with the sentences of the code, and compile it.

German is complete. Finnish has what partners meet; where it has nothing, they read English.
"""

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
        parser.add_argument("--language", choices=["de", "fi"], default="de")

    def handle(self, *args: Any, **options: Any) -> None:
        # polib belongs to the development tools only.
        import polib

        language = options["language"]
        folder = Path(settings.BASE_DIR) / "config" / "locale" / language / "LC_MESSAGES"
        folder.mkdir(parents=True, exist_ok=True)
        known: dict[tuple[str, str], Any] = {}
        for path in [*options["merge"], folder / "django.po"]:
            if path.exists():
                for entry in polib.pofile(str(path)):
                    if entry.msgstr or any(entry.msgstr_plural.values()):
                        known.setdefault((_with_context(entry), entry.msgid_plural), entry)
        messages = sorted(all_messages().items())
        missing = [(place, message) for message, place in messages if message not in known]
        book, compiled = polib.POFile(wrapwidth=99), polib.POFile()
        book.metadata = compiled.metadata = {
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
            "Language": language,
            "Plural-Forms": "nplurals=2; plural=(n != 1);",
        }
        for message, _place in messages:
            entry = known.get(message)
            # Without an entry Django would fall back to German, which a Finnish partner reads less.
            compiled.append(_entry(message, entry, instead=language == "fi"))
            if entry is not None or language == "de":
                book.append(_entry(message, entry))
        book.save(str(folder / "django.po"))
        compiled.save_as_mofile(str(folder / "django.mo"))
        if language == "de":
            for place, (singular, _plural) in missing:
                print(f"missing: {place}: {singular}")
        print(f"{len(messages)} messages, {len(missing)} without translation")


def _entry(message: tuple[str, str], known: Any, *, instead: bool = False) -> Any:
    """One entry of the book; `instead` puts the English words where there is no translation."""
    import polib

    singular, plural = message
    context, _end, text = singular.rpartition(CONTEXT_END)
    one, more = (text, plural) if instead else ("", "")
    return polib.POEntry(
        msgctxt=context or None,
        msgid=text,
        msgid_plural=plural,
        msgstr="" if plural else known.msgstr if known else one,
        msgstr_plural=(known.msgstr_plural if known else {0: one, 1: more}) if plural else {},
        flags=["python-format"] if "%(" in singular + plural else [],
    )


def _with_context(entry: Any) -> str:
    """The message as the code names it: its context before it."""
    return f"{entry.msgctxt}{CONTEXT_END}{entry.msgid}" if entry.msgctxt else str(entry.msgid)
