"""The rules of the house. Each takes the root of a tree and says what breaks it; planted faults are shown to it."""

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

Rule = Callable[[Path], list[str]]

SQL = re.compile(
    r"""^\s*(--.*\n\s*)*(
        select\s.+\s+from\s | insert\s+into\s | update\s+[\w.]+(\s+(as\s+)?\w+)?\s+set\s | delete\s+from\s
      | merge\s+into\s | with\s+(recursive\s+)?\w+(\s*\([^)]*\))?\s+as\s | truncate\s+\w+\s*(;|,|$)
      | lock\s+table\s | grant\s.+\sto\s
      | (create|alter|drop)\s+(or\s+replace\s+)?(unique\s+)?(table|index|function|role|trigger|schema|view)\s
    )""",
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)
STATEMENTS = {"run", "all", "first", "one", "script", "execute"}


def one_name_everywhere(root: Path) -> list[str]:
    """A function's directory, func.yaml, manifest, FUNCTION_SOURCE and test are called the same."""
    faults = []
    functions = function_names(root)
    manifests = {path.stem for path in (root / "knative/base/functions").glob("*.yaml")}
    faults += [f"{name} has code and no manifest, or a manifest and no code" for name in functions ^ manifests]
    for name in functions & manifests:
        [manifest] = documents(root / f"knative/base/functions/{name}.yaml")
        [container] = manifest["spec"]["template"]["spec"]["containers"]
        source = {"name": "FUNCTION_SOURCE", "value": f"functions/{name}/main.py"}
        if manifest["metadata"]["name"] != name or source not in container["env"]:
            faults.append(f"the manifest of {name} names something else")
        if documents(root / f"functions/{name}/func.yaml")[0]["name"] != name:
            faults.append(f"functions/{name}/func.yaml names something else")
        if not (root / f"tests/integration/test_{name}.py").exists():
            faults.append(f"{name} has no tests/integration/test_{name}.py")
    return faults


def every_manifest_is_listed(root: Path) -> list[str]:
    """What stands in a base is applied: no file is forgotten in its kustomization."""
    faults = []
    for base in (root / "knative/base", root / "eventing/base"):
        [kustomization] = documents(base / "kustomization.yaml")
        listed = set(kustomization["resources"]) | {patch["path"] for patch in kustomization["patches"]}
        present = {str(path.relative_to(base)) for path in base.rglob("*.yaml")} - {"kustomization.yaml", "routes.yaml"}
        faults += [f"{base.relative_to(root)}: {name} is not in both places" for name in listed ^ present]
    return faults


def names_of_wiring(root: Path) -> list[str]:
    """A trigger, source or schedule file is named for its function, and so is everything in it."""
    faults = []
    for kind in ("triggers", "sources", "schedules"):
        for path in (root / "eventing/base" / kind).glob("*.yaml"):
            if path.stem not in function_names(root):
                faults.append(f"{path.relative_to(root)} is named for no function")
            for document in documents(path):
                name, target = document["metadata"]["name"], wired_to(document)
                if name != path.stem and not name.startswith(f"{path.stem}-"):
                    faults.append(f"{path.relative_to(root)} holds {name}")
                if kind != "schedules" and target != path.stem:
                    faults.append(f"{path.relative_to(root)} delivers to {target}")
    return faults


def delivered_to_events(root: Path) -> list[str]:
    """Events come in on /events alone, which no public route maps."""
    faults = [
        f"{document['metadata']['name']} delivers to {subscriber(document).get('uri')}"
        for document in wiring(root)
        if document["kind"] in ("Trigger", "KafkaSource") and subscriber(document).get("uri") != "/events"
    ]
    [table] = documents(root / "knative/base/routes.yaml")
    return faults + [f"{route['path']} is public" for route in table["routes"] if not route["path"].startswith("/api/")]


def brokers_are_topics(root: Path) -> list[str]:
    """Brokers, the topics of events.py, what Triggers and KafkaSources name: one set of names."""
    declared = set(re.findall(r'"([a-z]+-events)"', (root / "shared/events.py").read_text().split("\n\n\n")[0]))
    brokers = {path.stem for path in (root / "eventing/base/brokers").glob("*-events.yaml")}
    faults = [f"{name} is a Broker or a topic, not both" for name in declared ^ brokers]
    for document in wiring(root):
        named = {document["spec"]["broker"]} if document["kind"] == "Trigger" else set()
        named |= set(document["spec"].get("topics", ())) - {"dead-letters"}
        faults += [f"{document['metadata']['name']} names {name}, which is no Broker" for name in named - brokers]
    return faults


def triggers_know_their_events(root: Path) -> list[str]:
    """A filter on a type that nobody publishes would wait for ever."""
    types = set(re.findall(r'EventType\(\s*"([a-z_.]+)"', (root / "shared/events.py").read_text()))
    types.add("dev.knative.sources.ping")
    named = re.findall(r"type: ([a-z_.]+)", "".join(path.read_text() for path in root.glob("eventing/base/triggers/*")))
    return [f"a Trigger waits for {name}, which nobody publishes" for name in sorted(set(named) - types)]


def dead_letters_come_back(root: Path) -> list[str]:
    """Whoever gets events that nobody says again can get its dead letters again."""
    text = (root / "knative/base/functions/relay.yaml").read_text()
    named = set(re.findall(r'"(\w+)": "http://\1\.taskora\.svc\.cluster\.local/events"', text))
    targets = {wired_to(document) for document in wiring(root) if brings_what_must_not_be_lost(document)}
    return [f"{name}: in SUBSCRIBER_URLS or woken by such events, not both" for name in named ^ targets]


def brings_what_must_not_be_lost(document: dict[str, Any]) -> bool:
    """The next minute says ticks, work and reminders again; what dies at relay goes to the broker, for everybody."""
    if document["kind"] == "KafkaSource":
        return bool(document["spec"]["topics"] != ["dead-letters"])
    types = {each.get("exact", {}).get("type") for each in document["spec"].get("filters", ())}
    return document["kind"] == "Trigger" and not types & {"dev.knative.sources.ping", "work.due", "reminder.scheduled"}


def functions_never_import_each_other(root: Path) -> list[str]:
    return [
        f"{path.relative_to(root)} imports {module}"
        for path in in_functions(root)
        for module in imports(path)
        if module.startswith("functions.") and module.split(".")[1] != path.relative_to(root).parts[1]
    ]


def imports_point_one_way(root: Path) -> list[str]:
    """functions → shared. The runner and the local start know neither; nothing that ships knows the tests."""
    forbidden = {
        "functions": {"knative", "tests", "eventing"},
        "shared": {"functions", "knative", "tests", "eventing"},
        "knative": {"functions", "shared", "tests", "eventing"},
        "eventing": {"functions", "knative", "tests"},
    }
    in_the_image = root / "knative/images/start.py"  # it stands there beside them
    return [
        f"{path.relative_to(root)} imports {module}"
        for package, others in forbidden.items()
        for path in (root / package).rglob("*.py")
        if path != in_the_image
        for module in imports(path)
        if module.split(".")[0] in others
    ]


def one_module_reads_the_environment(root: Path) -> list[str]:
    allowed = {root / "shared/config.py"}
    return [
        f"{path.relative_to(root)} reads the environment"
        for path in product(root)
        if path not in allowed
        and re.search(r"\bos\.(environ|getenv)|from os import .*(environ|getenv)", path.read_text())
    ]


def one_module_speaks_psycopg(root: Path) -> list[str]:
    """The runner, which shares no code with the functions, has one of its own."""
    allowed = {root / "shared/libpq.py", root / "knative/runner/eventing/postgres_log.py"}
    return [
        f"{path.relative_to(root)} imports {module}"
        for path in [*product(root), *(root / "knative/runner").rglob("*.py")]
        if path not in allowed
        for module in imports(path)
        if module.split(".")[0] in ("psycopg", "psycopg_pool", "asyncpg")
    ]


def one_module_knows_zone_data(root: Path) -> list[str]:
    """Whoever takes a zone from elsewhere may have what the system knows of it, and not what is pinned."""
    return [
        f"{path.relative_to(root)} imports {module}"
        for path in product(root)
        if path != root / "shared/zones.py"
        for module in imports(path)
        if module.split(".")[0] == "zoneinfo"
    ]


def no_sql_in_python(root: Path) -> list[str]:
    """No string that reads like SQL, and in functions none at all where a statement is awaited."""
    ours = product(root)
    return [
        f"{path.relative_to(root)} holds SQL: {said}"
        for path in [*ours, *(root / "knative").rglob("*.py")]
        for said in sql_said_in(path.read_text(), awaited_too=path in ours)
    ]


@cache
def sql_said_in(text: str, awaited_too: bool) -> tuple[str, ...]:
    found = []
    for node in ast.walk(ast.parse(text)):
        said = node.value if isinstance(node, ast.Constant) else None
        literal = awaited_too and isinstance(node, ast.Await) and is_literal(node)
        if literal or (isinstance(said, str) and SQL.search(said)):
            found.append(ast.unparse(node)[:60])
    return tuple(found)


def is_literal(awaited: ast.Await) -> bool:
    """`await tx.run("…")`, or with an f-string or a sum of strings."""
    match awaited.value:
        case ast.Call(func=ast.Attribute(attr=name), args=[first, *_]) if name in STATEMENTS:
            return isinstance(first, ast.JoinedStr | ast.Constant | ast.BinOp)
    return False


def every_statement_is_used(root: Path) -> list[str]:
    """`sql.name` in a module is a statement of a file beside it, and no statement is left over."""
    faults = []
    for folder in {path.parent for path in product(root)}:
        used: set[str] = set()
        for path in folder.glob("*.py"):
            used |= set(re.findall(r"\bsql\.(\w+)", path.read_text()))
        named = {
            name for path in folder.glob("*.sql") for name in re.findall(r"^-- name: (\w+)", path.read_text(), re.M)
        }
        faults += [f"{folder.relative_to(root)}: {name} is used or written, not both" for name in sorted(used ^ named)]
    return faults


def events_wait_to_be_published(root: Path) -> list[str]:
    """Whatever makes an event puts it into the outbox as well, or nobody but those who look would hear of it."""
    return [
        f"{path.relative_to(root)}: {statement.split()[0]} makes an event that is never published"
        for folder in ("functions", "shared")
        for path in (root / folder).rglob("*.sql")
        for statement in path.read_text().split("-- name: ")
        if statement.count("INSERT INTO events") > statement.count("INSERT INTO outbox")
    ]


def every_migration_has_its_number(root: Path) -> list[str]:
    """Or which of two comes first would be an accident of their names."""
    names = sorted(path.name for path in (root / "shared/schema").iterdir())
    return [f"{name} has the number of {before}" for before, name in pairwise(names) if before[:5] == name[:5]] + [
        f"{name} is called otherwise than others" for name in names if not re.fullmatch(r"\d{4}_[a-z_]+\.sql", name)
    ]


def heavy_packages_stay_out(root: Path) -> list[str]:
    """What costs a cold start dearly is imported late or not at all."""
    heavy = {"kubernetes", "aiohttp", "aiokafka", "httpx", "locust", "redis", "structlog", "argon2", "cloudevents"}
    heavy |= {"cryptography", "joserfc", "pyotp", "markdown_it", "mdit_py_plugins", "nh3"}
    heavy |= {"http_ece", "py_vapid"}
    return [
        f"{path.relative_to(root)} imports {module} when it is loaded"
        for path in product(root)
        for module in imports(path, top_level_only=True)
        if module.split(".")[0] in heavy
    ]


RULES: list[Rule] = [
    one_name_everywhere,
    every_manifest_is_listed,
    names_of_wiring,
    delivered_to_events,
    brokers_are_topics,
    triggers_know_their_events,
    dead_letters_come_back,
    functions_never_import_each_other,
    imports_point_one_way,
    one_module_reads_the_environment,
    one_module_speaks_psycopg,
    one_module_knows_zone_data,
    no_sql_in_python,
    every_statement_is_used,
    events_wait_to_be_published,
    every_migration_has_its_number,
    heavy_packages_stay_out,
]


def function_names(root: Path) -> set[str]:
    return {path.parent.name for path in root.glob("functions/*/main.py")}


def product(root: Path) -> list[Path]:
    """The Python that runs in a function."""
    return [*in_functions(root), *(root / "shared").rglob("*.py")]


def in_functions(root: Path) -> list[Path]:
    """Where func runs one, an environment of its own stands beside it."""
    return [path for path in root.glob("functions/*/**/*.py") if ".func" not in path.parts]


def documents(path: Path) -> list[dict[str, Any]]:
    return [document for document in yaml.safe_load_all(path.read_text()) if document]


def wiring(root: Path) -> Iterator[dict[str, Any]]:
    for kind in ("triggers", "sources", "schedules"):
        for path in sorted((root / "eventing/base" / kind).glob("*.yaml")):
            yield from documents(path)


def subscriber(document: dict[str, Any]) -> dict[str, Any]:
    spec = document["spec"]
    target: dict[str, Any] = spec.get("subscriber") or spec["sink"]
    return target


def wired_to(document: dict[str, Any]) -> str:
    return str(subscriber(document)["ref"]["name"])


def imports(path: Path, top_level_only: bool = False) -> set[str]:
    return imported_in(path.read_text(), top_level_only)


@cache
def imported_in(text: str, top_level_only: bool) -> set[str]:
    """Kept by text, because all planted faults together differ from the house by a few files."""
    tree = ast.parse(text)
    nodes = list(_loaded_with_the_module(tree)) if top_level_only else list(ast.walk(tree))
    absolute = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    origins = [node for node in nodes if isinstance(node, ast.ImportFrom) and node.module]
    return absolute | {f"{node.module}.{alias.name}" for node in origins for alias in node.names}


def _loaded_with_the_module(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        typing_only = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        if not typing_only and not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
            yield from _loaded_with_the_module(node)
