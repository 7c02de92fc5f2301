"""Parts of the matrix's world, one module each: objects, and what their forms would be sent.

A module has `places(world)`, the arguments of addresses by state; `PLAIN`, bodies by route; and
`DEPENDENT`, functions of the world and the place that give such a body.
"""

import importlib
import pkgutil
from types import ModuleType


def every() -> list[ModuleType]:
    """All modules of this folder, by name."""
    names = sorted(each.name for each in pkgutil.iter_modules(__path__))
    return [importlib.import_module(f"{__name__}.{name}") for name in names]
