"""Whoever is counted by network is counted with those who share it, and with nobody else."""

import pytest

from shared.rates import network


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", "unknown"),
        ("192.0.2.7:80", "unknown"),
    ],
)
def test_an_address_is_counted_with_its_network(address: str, counted: str) -> None:
    assert network(address) == counted
