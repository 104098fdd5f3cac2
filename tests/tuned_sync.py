"""Sync with other patience, so that a test need not wait minutes, or can tell a bell from a head read.

TUNING is JSON: {"watch.EVERY": 3600} sets EVERY in functions/sync/watch.py.
"""

import json
import os
from importlib import import_module

from functions.sync.main import handle

for name, value in json.loads(os.environ["TUNING"]).items():
    module, _, constant = name.partition(".")
    tuned = import_module(f"functions.sync.{module}")
    assert hasattr(tuned, constant), name
    setattr(tuned, constant, value)

__all__ = ["handle"]
