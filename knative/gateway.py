"""What the gateway promises, whoever plays it: nginx in the image `web`, or the runner."""

BODY_LIMIT = 1_048_576
REQUEST_ID = r"[A-Za-z0-9._-]{8,128}"

# What a client may say to a function. A list of what passes, not of what doesn't: functions trust event headers (ce-*)
# and forwarding headers, and nobody knows the names of all those to come.
PASSED = (
    "accept",
    "accept-language",
    "authorization",
    "content-type",
    "cookie",
    "idempotency-key",
    "if-match",
    "if-none-match",
    "if-user",
    "last-event-id",
    "origin",
    "sec-fetch-site",
    "traceparent",
    "tracestate",
    "user-agent",
)

# On every answer, a function's, a file and a refusal, unless a function says it otherwise.
SECURITY = (
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    (
        "content-security-policy",
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
    ),
)
