"""The settings of somebody, for the tests of each of their sections."""

from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.somebody import Somebody, Tab

SECTIONS = {
    "profile": "Profile",
    "time": "Time and language",
    "appearance": "Appearance",
    "notifications": "Notifications",
    "password": "Password",
    "two-step": "Two-step login",
    "provider": "Sign-in provider",
    "sessions": "Devices",
    "tokens": "API tokens",
    "webhooks": "Webhooks",
    "export": "Export",
    "delete": "Delete account",
    "about": "About",
}


def settings(somebody: Somebody, section: str) -> Tab:
    """Opened, and with all that it has to ask the server for."""
    tab = somebody.opens_a_tab(f"/settings/{section}")
    tab.heads(SECTIONS[section])
    expect(section_of(tab).get_by_text("Loading…")).to_have_count(0)
    expect(section_of(tab).get_by_text("Opening…")).to_have_count(0)
    return tab


def section_of(tab: Tab) -> Locator:
    return tab.page.locator("section[aria-labelledby=settings-section]")


def me(somebody: Somebody) -> dict[str, Any]:
    found: dict[str, Any] = somebody.context.request.get("/api/me").json()
    return found


def saves(tab: Tab) -> None:
    tab.page.get_by_role("button", name="Save", exact=True).click()
    expect(section_of(tab).get_by_text("Saved.")).to_be_visible()
