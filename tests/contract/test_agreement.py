"""Code, manifests, routes and settings agree."""

import dataclasses
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from starlette.routing import Route

from functions.openapi import http_apps
from knative.local import secret_manifests
from shared.config import Settings
from shared.events import EVENT_TYPES
from tests.contract import house
from tests.world import ROOT

GIVEN_BY_KNATIVE = {"K_SERVICE", "PORT", "HOST", "FUNCTION_SOURCE", "FUNCTION_TARGET"}


def routes_of(app: Any) -> list[Route]:
    return [route for route in app.routes if isinstance(route, Route)]


def test_every_public_route_is_in_the_table_and_answered_by_its_function() -> None:
    [table] = house.documents(ROOT / "knative/base/routes.yaml")
    promised = {(route["function"], method, route["path"]) for route in table["routes"] for method in route["methods"]}

    answered = {
        (name, method, route.path)
        for name, app in http_apps().items()
        for route in routes_of(app)
        if route.path.startswith("/api/")
        for method in (route.methods or {"GET"}) - {"HEAD"}
    }

    assert promised == answered


@pytest.mark.parametrize("name", sorted({house.wired_to(each) for each in house.wiring(ROOT)} - {"system-events"}))
def test_a_function_that_events_are_delivered_to_takes_them(name: str) -> None:
    paths = {route.path for route in routes_of(import_module(f"functions.{name}.main").app)}

    assert "/events" in paths


def test_every_setting_comes_from_a_config_map_a_secret_or_knative(tmp_path: Path) -> None:
    [settings] = house.documents(ROOT / "knative/base/settings.yaml")
    file, mail = tmp_path / "secrets.yaml", secret_manifests.Mail("smtp://here", "Taskora <taskora@here>")
    secret_manifests.keep(file, "postgresql://owner:secret@localhost:1/taskora", "redis://here", "http://here", mail)
    given = {name for each in house.documents(file) for name in each["stringData"]}
    provided = settings["data"].keys() | given | GIVEN_BY_KNATIVE | {"SUBSCRIBER_URLS", "FUNCTION_URLS"}

    read = set(re.findall(r'(?:required|environ\.get)\("([A-Z_]+)"', (ROOT / "shared/config.py").read_text()))

    assert read - {"MIGRATION_DATABASE_URL", "TIDY_DATABASE_URL"} == provided
    assert len(dataclasses.fields(Settings)) == len(provided)


def test_every_event_has_a_schema_where_its_dataschema_says() -> None:
    missing = [each.name for each in EVENT_TYPES.values() if not (ROOT / each.schema.lstrip("/")).exists()]

    assert missing == []
