"""How many connections a process may hold: as many as the machine allows, and not the few that it begins with."""

import resource

PLENTY = 65_536  # where the machine sets no limit; macOS takes no more


def allow_many() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most if most != resource.RLIM_INFINITY else PLENTY, most))
