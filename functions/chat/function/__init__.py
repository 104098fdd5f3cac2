"""Made by `make generate`, for `func run`."""

from .func import new

__all__ = ["new"]
