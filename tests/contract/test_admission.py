"""A cluster takes what we render. Knative's and Kubernetes' own code says so, and would notice if it were not so."""

import json
from pathlib import Path

import pytest

from knative import render
from knative.cluster import inside
from tests.contract import admission, house

BAD = sorted((admission.SOURCE / "bad").glob("*.yaml"))

pytestmark = pytest.mark.timeout(2 * admission.PATIENCE)  # the first test builds the judge


@pytest.fixture(scope="module", autouse=True)
def judge() -> None:
    try:
        admission.program()
    except admission.NoGo as reason:
        pytest.skip(f"Knative's own admission: {reason}")


@pytest.mark.parametrize("overlay", render.OVERLAYS)
def test_a_cluster_takes_every_document_of_an_overlay(overlay: str) -> None:
    assert admission.judge([render.rendered_file(overlay)]) == []


@pytest.mark.parametrize("file", BAD, ids=lambda file: file.stem)
def test_a_bad_manifest_is_refused_for_its_reason(file: Path) -> None:
    expected = file.read_text().splitlines()[0].removeprefix("# refused: ")

    reasons = admission.judge([file])

    assert [reason for reason in reasons if expected in reason]


def test_a_cluster_takes_the_job_that_runs_an_operators_command(tmp_path: Path) -> None:
    [relay] = [
        each
        for each in house.documents(render.rendered_file("kind"))
        if (each["kind"], each["metadata"]["name"]) == ("Service", inside.FUNCTION)
    ]
    document = tmp_path / "job.yaml"

    document.write_text(json.dumps(inside.job(relay, ["functions.relay.dead_letters", "list"])))
    assert admission.judge([document]) == []

    del relay["spec"]["template"]["spec"]["containers"][0]["securityContext"]
    document.write_text(json.dumps(inside.job(relay, ["functions.relay.dead_letters", "list"])))
    assert admission.judge([document]) != []


def test_one_bad_document_among_good_ones_is_found(tmp_path: Path) -> None:
    together = tmp_path / "manifests.yaml"
    together.write_text(f"{render.rendered_file('kind').read_text()}\n---\n{BAD[0].read_text()}")

    assert admission.judge([together]) != []
    assert admission.judge([render.rendered_file("kind")]) == []
