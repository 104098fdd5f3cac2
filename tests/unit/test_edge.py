"""What the edge reads of a request."""

from shared import edge


def test_of_a_header_that_came_twice_the_first_counts() -> None:
    said = [(b"origin", b"https://one"), (b"host", b"x"), (b"origin", b"https://two")]

    assert edge.headers({"headers": said}) == {b"origin": b"https://one", b"host": b"x"}
