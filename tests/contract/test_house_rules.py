"""The house keeps its rules, and each rule would notice if it did not."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.contract import house
from tests.contract.house import RULES, Rule
from tests.world import ROOT


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_this_rule(rule: Rule) -> None:
    assert rule(ROOT) == []


def appended(file: str, text: str) -> Callable[[Path], None]:
    def plant(root: Path) -> None:
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text((path.read_text() if path.exists() else "") + text)

    return plant


def replaced(file: str, old: str, new: str) -> Callable[[Path], None]:
    def plant(root: Path) -> None:
        text = (root / file).read_text()
        assert old in text
        (root / file).write_text(text.replace(old, new))

    return plant


PLANTED = [
    (house.one_name_everywhere, replaced("functions/tasks/func.yaml", "name: tasks", "name: task")),
    (house.one_name_everywhere, replaced("knative/base/functions/sync.yaml", "functions/sync/", "functions/tasks/")),
    (house.one_name_everywhere, appended("functions/forgotten/main.py", "")),
    (house.every_manifest_is_listed, appended("knative/base/functions/extra.yaml", "kind: Service\n")),
    (house.names_of_wiring, replaced("eventing/base/triggers/relay.yaml", "name: relay}", "name: tidy}")),
    (house.delivered_to_events, replaced("eventing/base/triggers/tidy.yaml", "uri: /events", "uri: /")),
    (house.delivered_to_events, replaced("knative/base/routes.yaml", "/api/me", "/events")),
    (house.brokers_are_topics, replaced("eventing/base/triggers/sync.yaml", "broker: chat-events", "broker: chats")),
    (house.brokers_are_topics, replaced("shared/events.py", '"chat-events", ', "")),
    (house.triggers_know_their_events, replaced("eventing/base/triggers/relay.yaml", "work.due", "work.done")),
    (house.dead_letters_come_back, replaced("knative/base/functions/relay.yaml", '"sync": ', '"synk": ')),
    (house.dead_letters_come_back, replaced("knative/base/functions/relay.yaml", '{"audit": ', '{"audit2": ')),
    (house.dead_letters_come_back, replaced("eventing/base/triggers/tidy.yaml", "type: work.due, ", "")),
    (
        house.dead_letters_come_back,
        replaced(
            "knative/base/functions/relay.yaml",
            '{"audit": ',
            '{"tidy": "http://tidy.taskora.svc.cluster.local/events",\n                 "audit": ',
        ),
    ),
    (
        house.dead_letters_come_back,
        replaced("eventing/base/sources/relay.yaml", "[dead-letters]", "[dead-letters, task-events]"),
    ),
    (house.functions_never_import_each_other, appended("functions/sync/main.py", "\nimport functions.tasks.main\n")),
    (house.imports_point_one_way, appended("shared/db.py", "\nfrom functions.tasks import due\n")),
    (house.imports_point_one_way, appended("knative/runner/__main__.py", "\nfrom shared import db\n")),
    (house.one_module_reads_the_environment, appended("shared/db.py", '\nimport os\nos.environ["A"]\n')),
    (house.one_module_speaks_psycopg, appended("functions/tasks/main.py", "\nimport psycopg\n")),
    (house.one_module_knows_zone_data, appended("shared/due.py", "\nfrom zoneinfo import ZoneInfo\n")),
    (house.no_sql_in_python, appended("functions/tasks/main.py", '\nquery = "DELETE FROM tasks"\n')),
    (house.no_sql_in_python, appended("knative/render.py", '\nquery = "update tasks as t set title = $1"\n')),
    (house.no_sql_in_python, appended("shared/db.py", '\nquery = """-- all\nselect *\nfrom tasks"""\n')),
    (house.no_sql_in_python, appended("shared/db.py", '\nasync def f(tx): await tx.run("SELECT 1")\n')),
    (house.no_sql_in_python, appended("shared/db.py", '\nasync def f(tx, t): await tx.one(f"TABLE {t}")\n')),
    (house.every_statement_is_used, appended("functions/tasks/queries.sql", "\n-- name: unused\nSELECT 1;\n")),
    (house.every_statement_is_used, appended("functions/tasks/main.py", "\nsql.unwritten\n")),
    (house.events_wait_to_be_published, replaced("shared/changes.sql", "INSERT INTO outbox", "INSERT INTO inbox")),
    (house.every_migration_has_its_number, appended("shared/schema/0003_other.sql", "")),
    (house.heavy_packages_stay_out, appended("functions/tasks/main.py", "\nimport redis\n")),
]


@pytest.mark.parametrize(("rule", "plant"), PLANTED, ids=lambda each: getattr(each, "__name__", ""))
def test_a_planted_fault_is_noticed(rule: Rule, plant: Callable[[Path], None], tmp_path: Path) -> None:
    for package in ("functions", "shared", "knative", "eventing", "tests"):
        skipped = shutil.ignore_patterns("__pycache__", "chaos", "conformance", "browser")
        shutil.copytree(ROOT / package, tmp_path / package, ignore=skipped)
    assert rule(tmp_path) == []

    plant(tmp_path)

    assert rule(tmp_path) != []


def test_every_rule_has_a_planted_fault() -> None:
    assert {rule for rule, _ in PLANTED} == set(RULES)
