"""The mails that arrive during the walk: waiting for one, and reading codes and links in it."""

from __future__ import annotations

import re
import time
from pathlib import Path

from launch.console import Problem
from launch.mailbox.letter import Letter

PATIENCE = 120.0  # seconds until a mail has come through outbox, worker and post office
PAUSE = 0.1
CODE = re.compile(r"^\s*(\d{6})\s*$", re.MULTILINE)
ADDRESS = re.compile(r"https?://[^\s<>\"]+")


class LetterBox:
    """The post office's folder; letters that lay there before are not looked at."""

    def __init__(self, folder: Path, patience: float = PATIENCE) -> None:
        self.folder = folder
        self.patience = patience
        self._known = {path.name for path in folder.glob("*.eml")}
        self._letters: list[Letter] = []

    def wait(self, to: str, words: str, what: str) -> Letter:
        """The first letter to `to` that contains `words`; `what` tells people what is awaited."""
        return self.wait_for({to}, words, 1, what)[0]

    def wait_for(self, people: set[str], words: str, count: int, what: str) -> list[Letter]:
        """At least `count` letters to any of `people` that contain `words`, in order of arrival.

        Raises Problem when they have not come in time.
        """
        deadline = time.monotonic() + self.patience
        while True:
            self._look()
            found = [
                letter
                for letter in self._letters
                if not people.isdisjoint(letter.recipients) and words in letter.text
            ]
            if len(found) >= count:
                return found
            if time.monotonic() > deadline:
                raise Problem(
                    f"Waited {self.patience:.0f} s for {what}: {len(found)} of {count} came. "
                    "Does the worker run?"
                )
            time.sleep(PAUSE)

    def _look(self) -> None:
        for path in sorted(self.folder.glob("*.eml")):
            if path.name not in self._known:
                self._known.add(path.name)
                self._letters.append(Letter(path))


def code_in(letter: Letter) -> str:
    """The six digits that stand alone on a line; raises Problem."""
    found = CODE.search(letter.text)
    if found is None:
        raise Problem(f"The mail “{letter.subject}” contains no code.")
    return found[1]


def link_in(letter: Letter, part: str) -> str:
    """The first address in the letter that contains `part`; raises Problem."""
    for address in ADDRESS.findall(letter.text):
        if part in address:
            return str(address).rstrip(".,;:")
    raise Problem(f"The mail “{letter.subject}” contains no link to {part}.")
