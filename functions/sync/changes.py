"""A change as pages and programs get it: an event's data, and what the envelope said about it."""

import json
from typing import NotRequired

from starlette.responses import Response
from typing_extensions import TypedDict

from functions.sync.replay import Page
from shared.events import Fact
from shared.shapes import (
    Chat,
    Comment,
    Filter,
    List,
    Notification,
    Preferences,
    RemindedTask,
    Series,
    Tag,
    Task,
    ToldMessage,
    User,
)


class Change(Fact):
    id: str
    type: str
    sequence: int
    subject: str
    time: str
    task: NotRequired[Task]  # what the subject names, as it is after the change
    series: NotRequired[Series]
    list: NotRequired[List]
    tag: NotRequired[Tag]
    filter: NotRequired[Filter]
    comment: NotRequired[Comment]
    user: NotRequired[User]
    reminder: NotRequired[RemindedTask]
    notification: NotRequired[Notification]
    preferences: NotRequired[Preferences]
    message: NotRequired[ToldMessage]
    chat: NotRequired[Chat]


class ChangePage(TypedDict):
    items: list[Change]
    head: int
    resync: bool  # the changes do not go back so far: load everything anew, then go on from `head`


def as_answer(page: Page, reload: bool) -> Response:
    items = ",".join(change for _, change in page.changes) if not reload else ""
    return Response(
        f'{{"items":[{items}],"head":{page.head},"resync":{json.dumps(reload)}}}', media_type="application/json"
    )
