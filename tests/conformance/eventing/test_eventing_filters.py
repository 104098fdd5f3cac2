"""Filters as rules of their own: what each passes, and the laws that hold between them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knative.runner.eventing import filters

words = st.text("ab.", max_size=4)
names = st.sampled_from(["type", "subject", "tier"])
events = st.dictionaries(names, words)
simple = st.builds(
    lambda kind, wanted: {kind: wanted},
    st.sampled_from(["exact", "prefix", "suffix"]),
    st.dictionaries(names, words, min_size=1, max_size=2),
)
dialects = st.recursive(
    simple,
    lambda inner: st.one_of(
        inner.map(lambda wanted: {"not": wanted}),
        st.lists(inner, min_size=1, max_size=3).map(lambda wanted: {"all": wanted}),
        st.lists(inner, min_size=1, max_size=3).map(lambda wanted: {"any": wanted}),
    ),
    max_leaves=5,
)


def says(dialect: dict[str, Any], event: dict[str, str]) -> bool:
    """The specification, read aloud."""
    [(name, wanted)] = dialect.items()
    if name == "not":
        return not says(wanted, event)
    if name in ("all", "any"):
        answers = [says(inner, event) for inner in wanted]
        return all(answers) if name == "all" else any(answers)
    for attribute, value in wanted.items():
        there = event.get(attribute)
        if there is None:
            return False
        cut = {"exact": there, "prefix": there[: len(value)], "suffix": there[len(there) - len(value) :]}[name]
        if len(there) < len(value) or cut != value:
            return False
    return True


@given(dialects, events)
def test_a_filter_passes_what_the_specification_says(dialect: dict[str, Any], event: dict[str, str]) -> None:
    assert filters.one(dialect)(event) == says(dialect, event)


@given(st.lists(dialects, max_size=3), events)
def test_a_list_of_filters_passes_what_all_of_them_pass(wanted: list[dict[str, Any]], event: dict[str, str]) -> None:
    assert filters.all_of(wanted)(event) == all(says(dialect, event) for dialect in wanted)


@pytest.mark.parametrize("kind", ["exact", "prefix", "suffix"])
def test_an_attribute_that_is_absent_matches_nothing_not_even_the_empty_text(kind: str) -> None:
    passes = filters.one({kind: {"subject": ""}})

    assert not passes({"type": "order.placed"})
    assert passes({"subject": ""})


def test_a_dialect_that_is_not_supported_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="'cesql' is not supported"):
        filters.one({"cesql": "type = 'x'"})
