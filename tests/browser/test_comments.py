"""What is said about a task, in its panel."""

import re

from playwright.sync_api import expect

from tests.browser.somebody import Somebody
from tests.world import eventually


def test_a_comment_is_written_changed_and_deleted(alice: Somebody) -> None:
    task = alice.has_task("Buy milk")
    panel = alice.opens_a_tab().opens_task(task)

    panel.get_by_role("textbox", name="Write a comment").fill("The *good* one")
    panel.get_by_role("textbox", name="Write a comment").press("Control+Enter")
    comments = panel.get_by_role("list", name="Comments").get_by_role("listitem")
    expect(comments.locator("em", has_text="good")).to_be_visible()
    expect(panel.get_by_role("textbox", name="Write a comment")).to_have_value("")
    comments.get_by_role("button", name="Edit comment").click()
    box = comments.get_by_role("textbox", name="Comment")
    expect(box).to_be_focused()
    box.fill("The cheap one")
    comments.get_by_role("button", name="Save").click()

    expect(comments).to_contain_text("The cheap one")
    expect(comments.get_by_role("button", name="Edit comment")).to_be_focused()
    eventually(lambda: alice.texts_on(task) == ["The cheap one"], "it is changed")
    comments.get_by_role("button", name="Delete comment").click()
    expect(comments).to_have_count(0)
    eventually(lambda: alice.texts_on(task) == [], "it is deleted")


def test_what_is_said_elsewhere_comes_by_itself(alice: Somebody) -> None:
    task = alice.has_task("Buy milk")
    alice.comments_on(task, "said before")
    panel = alice.opens_a_tab().opens_task(task)
    expect(panel.get_by_text("said before")).to_be_visible()

    alice.comments_on(task, "said **meanwhile**")

    expect(panel.locator("strong", has_text="meanwhile")).to_be_visible()


def test_a_comment_begun_is_there_again_after_a_reload(alice: Somebody) -> None:
    task = alice.has_task("Buy milk")
    tab = alice.opens_a_tab()
    panel = tab.opens_task(task)
    panel.get_by_role("textbox", name="Write a comment").fill("half a thou")

    tab.page.reload()

    expect(panel.get_by_role("textbox", name="Write a comment")).to_have_value("half a thou")
    assert alice.texts_on(task) == []


def test_a_comment_made_offline_is_shown_as_unsent_and_sent_on_return(alice: Somebody) -> None:
    task = alice.has_task("Buy milk")
    tab = alice.opens_a_tab()
    panel = tab.opens_task(task)
    tab.is_kept()
    alice.context.set_offline(True)
    expect(tab.connection).to_have_text("Offline")

    panel.get_by_role("textbox", name="Write a comment").fill("from the train")
    panel.get_by_role("button", name="Comment", exact=True).click()

    comment = panel.get_by_role("list", name="Comments").get_by_role("listitem")
    expect(comment).to_contain_text("from the train")
    expect(comment).to_contain_text("not sent yet")
    alice.context.set_offline(False)
    expect(comment).not_to_contain_text(re.compile("not sent yet"))
    eventually(lambda: alice.texts_on(task) == ["from the train"], "it is sent")
