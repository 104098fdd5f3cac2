"""Failures a client can act on. Anything else is a bug and becomes a 500."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, ClassVar, Self


class Problem(Exception):
    """An expected failure. Its class is its type; clients see it as problem+json (RFC 9457)."""

    status: ClassVar[HTTPStatus]

    def __init__(self, detail: str, *, headers: dict[str, str] | None = None, **members: Any) -> None:
        super().__init__(detail)
        self.headers = headers or {}
        self.members = members

    def as_json(self, request_id: str) -> dict[str, Any]:
        return {
            "type": f"/problems/{type(self).__name__}",
            "title": self.status.phrase,
            "status": self.status.value,
            "detail": str(self),
            "request_id": request_id,
            **self.members,
        }


class BadRequest(Problem):
    status = HTTPStatus.BAD_REQUEST


class SignInRequired(Problem):
    status = HTTPStatus.UNAUTHORIZED


class OtherPerson(Problem):
    """`If-User` names one person, and the request comes with the credentials of another."""

    status = HTTPStatus.UNAUTHORIZED


class CodeRequired(Problem):
    """The password was right, and this account has a second factor: the same again, with `code`."""

    status = HTTPStatus.UNAUTHORIZED


class WrongCode(Problem):
    """The password was right, the code of the second factor was not."""

    status = HTTPStatus.UNAUTHORIZED


class Forbidden(Problem):
    status = HTTPStatus.FORBIDDEN


class NotFound(Problem):
    status = HTTPStatus.NOT_FOUND


class MethodNotAllowed(Problem):
    status = HTTPStatus.METHOD_NOT_ALLOWED


class Conflict(Problem):
    status = HTTPStatus.CONFLICT


class Stale(Problem):
    """If-Match names a version that is gone; `current` holds what there is now."""

    status = HTTPStatus.PRECONDITION_FAILED


class TooLarge(Problem):
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class Invalid(Problem):
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    @classmethod
    def at(cls, field: str, message: str) -> Self:
        """A single field is at fault; where a form is, it says so beside that field."""
        return cls(f"{field}: {message}", errors=[{"field": field, "message": message}])

    @classmethod
    @contextmanager
    def within(cls, field: str) -> Iterator[None]:
        """The fields that are found at fault in here are parts of this one."""
        try:
            yield
        except Invalid as refusal:
            if "errors" not in refusal.members:
                raise
            faults = [fault | {"field": f"{field}.{fault['field']}"} for fault in refusal.members["errors"]]
            raise cls("; ".join(f"{fault['field']}: {fault['message']}" for fault in faults), errors=faults) from None


class TooMany(Problem):
    status = HTTPStatus.TOO_MANY_REQUESTS


class Broken(Problem):
    """A fault of ours. The log has the cause under the request's id; the client gets only that id."""

    status = HTTPStatus.INTERNAL_SERVER_ERROR


class Unavailable(Problem):
    """It will pass."""

    status = HTTPStatus.SERVICE_UNAVAILABLE

    def __init__(self, detail: str, *, retry_after: int = 2) -> None:
        super().__init__(detail, headers={"Retry-After": str(retry_after)})
