"""Every page can be reached: a link, a form, a mail or another page names its route."""

import ast
import re
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).parents[1]
APPS = ("foundation", "partnerships", "formats", "circles", "config")
IN_TEMPLATE = re.compile(r"""\{%-?\s*(?:maybe_)?url\s+['"]([\w:]+)['"]""")
WITHOUT_A_WAY = {
    "account_request_login_code": "the package leads on from the first page of logging in",
    "mfa_authenticate": "the package leads on from the password to the second factor",
    "topic_calendar": "built on the list of events: the floor of topics knows no events",
    "health": "asked by programs that watch the portal",
    "robots": "asked by search engines",
}


def _routes(patterns):
    """Names of our own routes; those of allauth and of Django's admin have ways of their own."""
    for each in patterns:
        if isinstance(each, URLResolver):
            if not each.namespace:
                yield from _routes(each.url_patterns)
        elif isinstance(each, URLPattern) and each.name and _is_ours(each.callback):
            yield each.name


def _is_ours(view) -> bool:
    return view.__module__.split(".")[0] in APPS


def _named_in_code(path: Path):
    """Strings that a module says outside the function of the same name: a redirect to itself."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    waiting = [(tree, "")]
    while waiting:
        node, within = waiting.pop()
        if isinstance(node, ast.FunctionDef):
            within = node.name
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value != within:
            yield node.value
        waiting += [(child, within) for child in ast.iter_child_nodes(node)]


def _named() -> set[str]:
    found = set()
    for path in (ROOT / "templates").rglob("*"):
        if path.is_file():
            found.update(IN_TEMPLATE.findall(path.read_text(encoding="utf-8")))
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            is_list = "urls" in path.stem or path.name.startswith("settings")
            if not is_list and "migrations" not in path.parts:
                found.update(_named_in_code(path))
    return found


def test_every_page_has_a_way_in():
    named, routes = _named(), set(_routes(get_resolver().url_patterns))

    assert sorted(routes - named - set(WITHOUT_A_WAY)) == []
    assert sorted(set(WITHOUT_A_WAY) - (routes - named)) == [], "no exception is needed here"
