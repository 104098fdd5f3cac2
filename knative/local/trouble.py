"""What a person sees at the terminal: a line for each step, and one line with the remedy when something is wrong."""

import contextlib
import errno
import sys
import time
from collections.abc import Iterator
from typing import NoReturn


class Trouble(Exception):
    """Taskora can't start or go on. The message is one sentence for a person, with what to do about it."""


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


@contextlib.contextmanager
def step(what: str) -> Iterator[None]:
    """Says what is going on while it goes on, and how long it took."""
    began = time.monotonic()
    sys.stdout.write(f"  {what} … ")
    sys.stdout.flush()
    try:
        yield
    except BaseException:
        say("")
        raise
    say(f"{time.monotonic() - began:.1f} s")


@contextlib.contextmanager
def told() -> Iterator[None]:
    """A Trouble ends the program with its sentence instead of a traceback, so does a full disk; Ctrl-C without one."""
    try:
        yield
    except Trouble as trouble:
        _end_with(str(trouble))
    except OSError as problem:
        if problem.errno != errno.ENOSPC:
            raise
        _end_with("the disk is full: make room and run it again")
    except KeyboardInterrupt:
        sys.exit(130)


def _end_with(sentence: str) -> NoReturn:
    sys.stderr.write(f"\nTaskora: {sentence}\n")
    sys.exit(1)


def last_words(output: str, lines: int = 5) -> str:
    return " | ".join([line.strip() for line in output.splitlines() if line.strip()][-lines:])
