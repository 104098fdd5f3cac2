"""Made by `make generate`, for `func run`."""

from functions.webhooks.main import handle
from shared.func import Function


def new() -> Function:
    return Function(handle)
