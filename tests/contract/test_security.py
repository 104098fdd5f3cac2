"""What .github/SECURITY.md says is tried, is tried."""

import re

from tests.integration import test_attacks, test_oidc_attacks
from tests.world import ROOT

ROWS = re.findall(
    r"^\| (?!attack|---)(.*) \| (.*) \| (.*) \| (.*) \|$", (ROOT / ".github/SECURITY.md").read_text(), re.M
)


def test_every_test_named_is_there() -> None:
    named = {file for _, _, files, _ in ROWS for file in re.findall(r"`(.*?)`", files)}

    assert named
    assert [file for file in named if not (ROOT / file).is_file()] == []


def test_what_is_tried_with_and_without_its_guard_is_in_the_table() -> None:
    said = {attack for attack, _, files, both in ROWS if both == "both" and re.search("integration/.*attacks", files)}

    names = [attack.name for attack in test_attacks.ATTACKS] + [attack.name for attack in test_oidc_attacks.ATTACKS]
    assert said == set(names)
