# ruff: noqa: E501
"""Fixtures for tests of the editor in a real Chromium: the test page, someone logged in, and no errors."""

import atexit
import copy
import os
from functools import cache, partial
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import sync_playwright

# Playwright keeps an event loop in this thread; Django takes that for async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
SJABLONEN = Path(__file__).resolve().parents[1] / "sjablonen"


@pytest.fixture
def proefhuis(settings):
    """The URLs and the template of ``tests/urls_editor.py``."""
    settings.ROOT_URLCONF = "tests.urls_editor"
    settings.DEMO_TOEGESTAAN = True  # the people of the tests live at .example
    sjablonen = copy.deepcopy(settings.TEMPLATES)
    sjablonen[0]["DIRS"] = [*sjablonen[0]["DIRS"], SJABLONEN]
    settings.TEMPLATES = sjablonen
    from tests import urls_editor

    urls_editor.GEPLAATST.clear()
    return urls_editor


@cache
def start_chromium():
    """The one Chromium of this process: Playwright runs once per thread, and test modules share these fixtures."""
    spel = sync_playwright().start()
    # Without a graphics card drawing as if there were one takes a fifth more.
    flags = ["--no-sandbox", "--disable-gpu"]
    browser = spel.chromium.launch(executable_path="/usr/bin/chromium", args=flags)
    atexit.register(lambda: (browser.close(), spel.stop()))
    return browser


@pytest.fixture(scope="session")
def chromium():
    """A browser whose windows have no service worker, unless they ask: each would fetch what it keeps anew."""
    browser = start_chromium()
    browser.new_context = partial(browser.new_context, service_workers="block")
    return browser


def log_in(context, live_server, gebruiker):
    """Log in in this browser, as a login in some tab does: new session, new CSRF token."""
    client = Client()
    client.force_login(gebruiker)
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )


@pytest.fixture
def venster(chromium, live_server, proefhuis):
    """A browser window; an error in a script or a breach of the CSP fails the test."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, locale="nl-NL")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    fouten: list[str] = []

    def let_op(pagina):
        pagina.on("pageerror", lambda fout: fouten.append(f"{fout}"))
        pagina.on(
            "console",
            lambda m: (
                fouten.append(m.text)
                if m.type == "error" and "Failed to load resource" not in m.text
                else None
            ),
        )

    context.on("page", let_op)
    context.fouten = fouten
    yield context
    # Empty pages first: what a page still saves when it goes must be done before the database is flushed.
    for pagina in context.pages:
        pagina.goto("about:blank")
        pagina.wait_for_timeout(200)
    context.close()
    assert fouten == []


@pytest.fixture
def pagina(venster, live_server, anna):
    log_in(venster, live_server, anna)
    pagina = venster.new_page()
    pagina.goto(f"{live_server.url}/proef/")
    pagina.locator(".ProseMirror").wait_for()
    return pagina


def plak(pagina, html="", tekst="", bestanden=()):
    """A real paste event in the editor, with these contents of the clipboard."""
    pagina.locator(".ProseMirror").evaluate(
        """(el, [html, tekst, bestanden]) => {
            const data = new DataTransfer();
            if (html) data.setData("text/html", html);
            if (tekst) data.setData("text/plain", tekst);
            for (const [naam, soort, b64] of bestanden)
                data.items.add(new File([Uint8Array.from(atob(b64), c => c.charCodeAt(0))], naam, { type: soort }));
            el.focus();
            el.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        [html, tekst, [list(b) for b in bestanden]],
    )
