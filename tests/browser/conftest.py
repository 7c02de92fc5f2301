"""Chromium, the live portal and who is logged in. One browser, one scene, contexts used again."""

from __future__ import annotations

import os

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import setup_databases, teardown_databases
from playwright.sync_api import sync_playwright
from pytest_django.live_server_helper import LiveServer

from foundation.effects import bell
from launch.system import browser_path
from tests.browser.scene import set_scene
from tests.browser.visitor import Visitor
from tests.conftest import login

GO = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""
CHROMIUM = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",  # there is none; pretending to have one costs a tenth
    # All pages are ours: one process shows them, else each page costs the start of one.
    "--disable-features=IsolateOrigins,site-per-process,BackForwardCache",
    "--disable-site-isolation-trials",
    "--disable-smooth-scrolling",
    "--disable-sync",
    "--no-first-run",
    "--process-per-site",
    "--renderer-process-limit=1",
]


@pytest.fixture(scope="session")
def _database(django_test_environment, django_db_modify_db_settings, django_db_blocker):
    """A database that stays open for the whole session: nothing is rolled back."""
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases={"default"})
        yield
        with connection.cursor() as cursor:
            # Threads of the server that wait for a browser that is gone keep their sessions.
            cursor.execute(GO)
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session")
def scene(_database, _handlers, _seal):
    patch = pytest.MonkeyPatch()
    patch.setattr(bell, "_quiet_until", float("inf"))
    yield set_scene()
    patch.undo()


@pytest.fixture(scope="session")
def portal(scene):
    """The address of the portal."""
    server = LiveServer("localhost")
    yield server.url
    server.stop()


@pytest.fixture(scope="session")
def chromium(portal):
    # Playwright keeps an event loop in this thread: the scene, which seals, must be set before;
    # the pages are served by another thread.
    patch = pytest.MonkeyPatch()
    patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=CHROMIUM)
        yield browser
        browser.close()
    patch.undo()


@pytest.fixture(scope="session")
def _contexts(chromium):
    opened = {}
    yield opened
    for context in opened.values():
        context.close()


@pytest.fixture
def visit(_contexts, chromium, portal, scene):
    """visit(who, language) opens an empty page of that person and keeps book about it."""
    pages = []

    def go(who: str = "", language: str = "de", **options) -> Visitor:
        key = (who, language, *sorted(options.items()))
        if key not in _contexts:
            _contexts[key] = chromium.new_context(**options)
        come_as(_contexts[key], portal, scene, who, language)
        visitor = Visitor(_contexts[key].new_page(), portal)
        pages.append(visitor.page)
        return visitor

    yield go
    for page in pages:
        page.close()


@pytest.fixture
def enter(visit, portal, scene):
    """enter(who, *links, start=…) opens that page and follows links; nothing was amiss at last.

    Each person has one window for the whole story, and comes with a session of that minute.
    """
    visitors = {}

    def go(who: str, *links: str, start: str) -> Visitor:
        if who in visitors:
            come_as(visitors[who].page.context, portal, scene, who, "en")
        else:
            visitors[who] = visit(who, "en")
        visitors[who].open(start)
        for link in links:
            visitors[who].follow(link)
        return visitors[who]

    yield go
    assert {who: each.complaints for who, each in visitors.items() if each.complaints} == {}


@pytest.fixture(scope="session")
def _windows(chromium):
    opened = {}
    yield opened
    _close(opened)


@pytest.fixture
def tour(_windows, chromium, portal, scene, request):
    """tour(who, language): as `visit`, in a window that stays open from page to page.

    A new window costs as much as all that is looked at in it. The next person gets a new one, and
    so does whoever comes after a failure.
    """

    def go(who: str, language: str) -> Visitor:
        if who not in _windows:
            _close(_windows)
            _windows[who] = Visitor(chromium.new_context().new_page(), portal)
        visitor = _windows[who]
        come_as(visitor.page.context, portal, scene, who, language)
        visitor.complaints.clear()
        return visitor

    failed = request.session.testsfailed
    yield go
    if request.session.testsfailed > failed:
        _close(_windows)
    for visitor in _windows.values():
        visitor.page.goto("about:blank")  # what a page says in leaving is no word about the next


def _close(windows: dict[str, Visitor]) -> None:
    while windows:
        windows.popitem()[1].page.context.close()


def come_as(context, portal: str, scene, who: str, language: str) -> None:
    """Leave a browser's cookies to one person and language."""
    cookies = {settings.LANGUAGE_COOKIE_NAME: language}
    if who:
        # A session of this minute, so that the second factor is fresh.
        client = login(Client(), scene.people[who], fresh=True)
        cookies[settings.SESSION_COOKIE_NAME] = client.session.session_key
    context.clear_cookies()
    context.add_cookies(
        [{"name": name, "value": value, "url": portal} for name, value in cookies.items()]
    )
