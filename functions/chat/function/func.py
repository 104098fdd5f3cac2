"""Made by `make generate`, for `func run`."""

from functions.chat.main import handle
from shared.func import Function


def new() -> Function:
    return Function(handle)
