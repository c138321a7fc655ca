"""What the fuzzer cannot know from the document alone."""

import re
import uuid

import schemathesis
from hypothesis import strategies as st

# The only address in a request is `imageUrl`: by https, and what is to be accepted has a host that can exist. The fuzzer's copy
# of the document has a format of its own for it.
hosts = st.from_regex(r"[a-z][a-z0-9]{0,20}(\.[a-z]{2,6}){1,3}", fullmatch=True)
paths = st.from_regex(r"(/[A-Za-z0-9._~-]{0,20}){0,4}(\?[a-z=&]{0,20})?", fullmatch=True)
schemathesis.openapi.format("https-url", st.builds("https://{}{}".format, hosts, paths))

# A format of the fuzzer's copy of the document alone.
schemathesis.openapi.format("if-match", st.from_regex(r'"[1-9][0-9]{0,14}"|[*]', fullmatch=True))


@schemathesis.hook
def before_call(context, case, kwargs):
    """Gives every good key a new value: a repeated one is answered with what was made before, which may be gone by now."""
    key = (case.headers or {}).get("Idempotency-Key")
    if isinstance(key, str) and 1 <= len(key) <= 255 and all("!" <= character <= "~" for character in key):
        case.headers["Idempotency-Key"] = str(uuid.uuid4())


def is_other_route(case, method):
    """Whether the path is one of another route, as /admin/products/bulk is for GET /admin/products/{productId}."""
    return any(
        method.lower() in operations and re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", path), case.operation.path)
        for path, operations in case.operation.schema.raw_schema["paths"].items()
    )


@schemathesis.check
def unrouted_method(context, response, case):
    """In place of `unsupported_method`, which wants a 405: API Gateway has no such answer, a method without a route is a 404."""
    routed = [method.upper() for method in case.operation.schema.raw_schema["paths"][case.operation.path]]
    method = response.request.method
    if method != "OPTIONS" and method not in routed and not is_other_route(case, method):
        answer = (response.status_code, response.content)
        assert answer == (404, b'{"message":"Not Found"}'), f"{method} has no route and was answered with {answer}"
