"""Finding every sentence of the portal and its German translation, without GNU gettext.

`manage.py collect_messages` keeps config/locale/de up to date; a test says what is missing.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation.template import templatize

Message = tuple[str, str]  # (singular, plural or ""); a context stands before, as in gettext

CONTEXT_END = "\x04"
IN_CONTEXT = {"pgettext", "pgettext_lazy"}
SINGULAR = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
PACKAGES = ("config", "foundation", "partnerships", "formats", "circles")
_CALL = re.compile(
    r"\b(n?gettext|_)\((u?(?:'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|\"\"\".*?\"\"\"|'''.*?''')(?:\s*,\s*u?(?:'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|\"\"\".*?\"\"\"|'''.*?'''))?)",
    re.S,
)


def all_messages() -> dict[Message, str]:
    """Every message of Python files and templates, with one place where it stands."""
    root = Path(settings.BASE_DIR)
    found: dict[Message, str] = {}
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            if "migrations" not in path.parts:
                for message in in_python(path.read_text()):
                    found.setdefault(message, str(path.relative_to(root)))
    for path in sorted((root / "templates").rglob("*")):
        if path.suffix in {".html", ".txt"}:
            for message in in_template(path.read_text()):
                found.setdefault(message, str(path.relative_to(root)))
    return found


def in_python(source: str) -> Iterator[Message]:
    """Messages in calls of _(), gettext(), ngettext(), pgettext() and their lazy forms."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
        if name in IN_CONTEXT and len(texts) == 2:
            yield CONTEXT_END.join(map(str, texts)), ""
        elif name in SINGULAR and texts and isinstance(texts[0], str):
            yield texts[0], ""
        elif name in PLURAL and len(texts) >= 2:
            yield str(texts[0]), str(texts[1])


def in_template(source: str) -> Iterator[Message]:
    """Messages in translate and blocktranslate tags."""
    for match in _CALL.finditer(templatize(source)):
        arguments = ast.literal_eval(f"({match.group(2)},)")
        if match.group(1) == "ngettext":
            yield arguments[0], arguments[1]
        else:
            yield arguments[0], ""
