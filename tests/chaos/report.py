"""What a run came to: a page for people, and the same as JSON."""

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import Any

from tests.chaos.rehearsal import Result


def summary(result: Result) -> dict[str, Any]:
    ledger, plan = result.ledger, result.plan
    return {
        "plan": asdict(plan),
        "seconds": round(result.seconds, 1),
        "faults": dict(sorted(Counter(f"{o.fault.target} {o.fault.kind}" for o in result.outages).items())),
        "writes": ledger.counts(),
        "operations": dict(sorted(Counter(write.operation for write in ledger.writes).items())),
        "retries": ledger.retries(),
        "slowest_answer": round(max((w.answered - w.began for w in ledger.writes), default=0.0), 1),
        "events": result.noticed,
        "events_sent_again": result.sent_again,
        "deliveries": dict(sorted(result.deliveries.items())),
        "endpoints": dict(sorted(result.endpoints.items())),
        "recovery": recovery(result),
        "settling": round(result.settling, 1),
        "open_pages": {
            "pages": len(result.pages),
            "connections": sum(page.connections for page in result.pages),
            "changes": sum(page.number for page in result.pages),
        },
        "slow_starts": result.slow_starts,
        "broken": result.broken,
    }


def recovery(result: Result) -> dict[str, dict[str, float]]:
    """Seconds from a kill, or from the end of a pause or stop, until a write that began after it was accepted."""
    seconds: dict[str, list[float]] = {}
    for outage in result.outages:
        fault = outage.fault
        after = result.ledger.recovered_after(outage.began if fault.kind == "kill" else outage.healed)
        if after is not None:
            seconds.setdefault(f"{fault.target} {fault.kind}", []).append(after)
    return {
        name: {"median": round(median(some), 2), "most": round(max(some), 2), "times": len(some)}
        for name, some in sorted(seconds.items())
    }


def as_text(found: dict[str, Any]) -> str:
    plan, events = found["plan"], found["events"]
    writes = found["writes"]
    lines = [
        f"seed {plan['seed']}: {sum(writes.values())} writes by {plan['users']} people in {found['seconds']:g} s"
        + (f", without {plan['without']}" if plan["without"] else ""),
        f"  accepted {writes.get('accepted', 0)}, refused as they had to be {writes.get('refused', 0)}, "
        f"asked again {found['retries']} times, slowest answer {found['slowest_answer']:g} s",
        f"  events {events.get('events', 0)}, "
        f"sent again {found['events_sent_again']}, dead letters delivered {events.get('dead_letters_delivered', 0)}, "
        f"filled into history {events.get('filled_into_history', 0)}",
        "  deliveries: " + ", ".join(f"{times} {what}" for what, times in found["deliveries"].items()),
        "  webhooks' endpoints: " + ", ".join(f"{times} {what}" for what, times in found["endpoints"].items()),
        f"  reminders fired {events.get('reminders', 0)}, notices {events.get('notices', 0)}, "
        f"latest {events.get('latest', 0):g} s",
        f"  open pages {found['open_pages']['pages']}, connected {found['open_pages']['connections']} times, "
        f"told {found['open_pages']['changes']} changes",
        f"  calm {found['settling']:g} s after the last write",
        f"  faults {sum(found['faults'].values())}; seconds until a write was accepted again (median, most):",
    ]
    for name, times in found["faults"].items():
        after = found["recovery"].get(name)
        lines.append(f"    {times:4} {name:16}" + (f" {after['median']:6.2f} {after['most']:6.2f}" if after else ""))
    lines += [f"  {slow.splitlines()[0][:150]}" for slow in found["slow_starts"]]
    lines += [f"  BROKEN: {what}" for what in found["broken"][:40]]
    lines.append("everything accepted is there, once" if not found["broken"] else f"{len(found['broken'])} broken")
    return "\n".join(lines)


def keep(found: dict[str, Any], folder: Path) -> Path:
    plan = found["plan"]
    name = "-".join(str(part) for part in (plan["seed"], f"{plan['minutes']:g}m", plan["without"]) if part)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.json"
    file.write_text(json.dumps(found, indent=2, default=str) + "\n")
    return file
