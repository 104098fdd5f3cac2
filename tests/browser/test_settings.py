"""What people set for themselves: said, kept, and had by every device."""

import json
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.elsewhere import PASSWORD
from tests.browser.scenes import has_loaded, moves
from tests.browser.settings import SECTIONS, me, saves, section_of, settings
from tests.browser.somebody import Somebody
from tests.browser.test_accessibility import complaints
from tests.browser.test_every_view import too_wide

# Themselves


def test_a_name_is_set_with_the_keyboard_alone_and_stands_on_the_page(alice: Somebody) -> None:
    tab = settings(alice, "profile")
    name = tab.page.get_by_role("textbox", name="Name")
    name.focus()

    tab.page.keyboard.press("ControlOrMeta+A")
    tab.page.keyboard.type("Alice Liddell")
    tab.page.keyboard.press("Enter")

    expect(section_of(tab).get_by_text("Saved.")).to_be_visible()
    expect(tab.page.get_by_text("Alice Liddell", exact=True)).to_be_visible()
    assert me(alice)["name"] == "Alice Liddell"


def test_a_zone_is_found_by_its_city_and_says_what_moves_before_it_is_saved(alice: Somebody) -> None:
    tab = settings(alice, "time")
    zone = tab.page.get_by_role("combobox", name="Time zone")

    zone.fill("new york")
    tab.page.get_by_role("option", name="New York (America)").click()

    expect(section_of(tab).get_by_text("what is due at 09:00 in UTC is due at 09:00 in New York")).to_be_visible()
    assert complaints(tab.page) == []
    tab.page.get_by_label("The week begins on").select_option("Sunday")
    expect(tab.page.get_by_role("region", name="Preview")).to_contain_text("Sun Mon Tue")
    saves(tab)
    assert (me(alice)["zone"], me(alice)["week_start"]) == ("America/New_York", "sunday")
    tab.page.reload()
    expect(zone).to_have_value("New York (America)")


def test_a_theme_is_there_at_once_and_stays(alice: Somebody) -> None:
    tab = settings(alice, "appearance")
    expect(tab.page.get_by_role("radio", name="As this device")).to_be_checked()

    tab.page.get_by_role("radio", name="Dark").click()

    expect(tab.page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(section_of(tab).get_by_text("Saved, for all your devices.")).to_be_visible()
    assert complaints(tab.page) == []
    tab.page.reload()
    expect(tab.page.get_by_role("radio", name="Dark")).to_be_checked()
    expect(tab.page.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_theme_that_the_server_does_not_take_changes_back(alice: Somebody) -> None:
    tab = settings(alice, "appearance")
    tab.page.route(
        "**/api/me",
        lambda route: route.fulfill(
            status=500, json={"type": "/problems/Broken", "detail": "Something is broken here."}
        ),
    )

    tab.page.get_by_role("radio", name="Dark").click()

    expect(section_of(tab).get_by_role("alert")).to_contain_text("Something is broken here.")
    expect(tab.page.get_by_role("radio", name="As this device")).to_be_checked()
    expect(tab.page.locator("html")).not_to_have_attribute("data-theme", "dark")


# Without a connection


def test_offline_nothing_is_saved_and_it_is_said_why(alice: Somebody) -> None:
    tab = settings(alice, "profile")

    tab.is_kept()
    alice.context.set_offline(True)

    expect(section_of(tab).get_by_text("You are offline.")).to_be_visible()
    tab.page.get_by_role("textbox", name="Name").fill("Not yet")
    expect(tab.page.get_by_role("button", name="Save", exact=True)).to_have_attribute("aria-disabled", "true")
    tab.page.get_by_role("textbox", name="Name").press("Enter")
    assert complaints(tab.page) == []
    alice.context.set_offline(False)
    saves(tab)
    assert me(alice)["name"] == "Not yet"


# Leaving


def test_everything_is_downloaded_as_one_file(alice: Somebody, tmp_path: Path) -> None:
    alice.has_task("Buy milk")
    tab = settings(alice, "export")

    with tab.page.expect_download() as download:
        tab.page.get_by_role("button", name="Download everything").click()

    download.value.save_as(tmp_path / "export.json")
    document = json.loads((tmp_path / "export.json").read_text())
    assert download.value.suggested_filename.startswith("taskora-20")
    assert [task["title"] for task in document["tasks"]] == ["Buy milk"]
    assert document["profile"]["email"] == alice.email
    expect(section_of(tab).get_by_text("among your downloads")).to_be_visible()


def test_an_account_ends_when_its_address_and_password_are_typed(alice: Somebody) -> None:
    tab = settings(alice, "delete")
    delete = tab.page.get_by_role("button", name="Delete my account")
    tab.page.get_by_label("Type your e-mail address").fill("alice@elsewhere.example.org")
    tab.page.get_by_label("Your password").fill("not her password")

    delete.click()
    expect(tab.page.get_by_label("Type your e-mail address")).to_have_attribute("aria-invalid", "true")
    tab.page.get_by_label("Type your e-mail address").fill(alice.email)
    delete.click()
    expect(tab.page.get_by_label("Your password")).to_have_attribute("aria-invalid", "true")
    expect(tab.page.get_by_label("Your password")).to_be_focused()
    assert complaints(tab.page) == []
    tab.page.get_by_label("Your password").fill(PASSWORD)
    delete.click()

    tab.heads("Log in")
    tab.logs_in(alice)
    expect(tab.page.get_by_role("alert")).to_contain_text("wrong")


# Everywhere


def test_every_section_is_accessible_and_fits_a_narrow_screen(alice: Somebody) -> None:
    """In the dark; how they are by day and on a desk, `test_every_view` sees."""
    tab = settings(alice, "profile")
    tab.page.set_viewport_size({"width": 320, "height": 640})
    tab.page.emulate_media(color_scheme="dark")
    found = []
    for section, heading in SECTIONS.items():
        moves(tab.page, f"/settings/{section}")
        tab.heads(heading)
        has_loaded(tab.page)
        expect(tab.page.get_by_role("link", name="All settings")).to_be_visible()
        found += [f"{section}: {each}" for each in (*complaints(tab.page), *too_wide(tab.page, 320))]

    assert not found, "\n".join(found)


def test_going_from_section_to_section_takes_the_focus_along(alice: Somebody) -> None:
    tab = settings(alice, "profile")

    tab.page.get_by_role("navigation", name="Settings").get_by_role("link", name="Appearance").click()

    expect(tab.page.get_by_role("heading", name="Appearance")).to_be_focused()
    assert tab.page.url.endswith("/settings/appearance")
    tab.page.go_back()
    tab.heads("Profile")
