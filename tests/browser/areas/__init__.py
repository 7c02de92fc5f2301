"""Pages of one area of the portal each: what the scene needs for them, and who opens them.

A module has `prepare(people)`, called once after the scene is set; `places()`, its pages; and
`NO_PAGES`, names of its routes that answer a POST, hand out a file, or only lead on.
"""

import importlib
import pkgutil
from types import ModuleType


def every() -> list[ModuleType]:
    """All modules of this folder, by name."""
    names = sorted(each.name for each in pkgutil.iter_modules(__path__))
    return [importlib.import_module(f"{__name__}.{name}") for name in names]
