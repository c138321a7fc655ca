"""What the fuzzer cannot know from the document alone."""

import os
import re
import unicodedata
import uuid
from datetime import datetime

import schemathesis
from hypothesis import strategies as st

# The only address in a request is `imageUrl`: by https, and what is to be accepted has a host that can exist. The fuzzer's copy
# of the document has a format of its own for it.
hosts = st.from_regex(r"[a-z][a-z0-9]{0,20}(\.[a-z]{2,6}){1,3}", fullmatch=True)
paths = st.from_regex(r"(/[A-Za-z0-9._~-]{0,20}){0,4}(\?[a-z=&]{0,20})?", fullmatch=True)
schemathesis.openapi.format("https-url", st.builds("https://{}{}".format, hosts, paths))

# A format of the fuzzer's copy of the document alone.
schemathesis.openapi.format("if-match", st.from_regex(r'"[1-9][0-9]{0,14}"|[*]', fullmatch=True))

TOKEN = re.compile(r"[A-Za-z0-9_.:-]{1,2000}")
ULID = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")


def fit_together(query):
    """Leaves out what is good by itself and does not go with the rest, of which the schema of one parameter says nothing."""
    is_search = "q" in query or "sort" in query
    is_deleted = query.get("deleted") == "true"
    token = query.get("nextToken")
    if isinstance(token, str) and TOKEN.fullmatch(token):
        # That of a search, or of deleted products, is none that can be made up.
        if is_search or is_deleted or not ULID.fullmatch(token):
            del query["nextToken"]
    if is_deleted and is_search:
        del query["deleted"]
    if query.get("descendants") == "true" and ("categoryId" not in query or is_search or is_deleted):
        del query["descendants"]
    if query.get("sort") == "relevance" and "q" not in query:
        query["sort"] = "name"


INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,3})?)?Z)?")


def is_real(time):
    try:
        datetime.fromisoformat(time.replace("Z", "+00:00"))
        return True
    except ValueError:
        return False


def in_order(query):
    """Puts a day that there is in place of a thirteenth month, and leaves out an end that comes before the beginning."""
    for name in ("since", "until"):
        time = query.get(name)
        if isinstance(time, str) and INSTANT.fullmatch(time) and not is_real(time):
            query[name] = "2026-11-26"
    since, until = query.get("since"), query.get("until")
    if isinstance(since, str) and isinstance(until, str) and not since[:10] < until[:10]:
        del query["until"]


def is_to_be_accepted(case):
    return case.meta is None or case.meta.generation.mode.is_positive


@schemathesis.hook
def before_call(context, case, kwargs):
    """
    Gives every good key a new value: a repeated one is answered with what was made before, which may be gone by now. Keeps
    parameters together that go together. Lets a product that is to be created have a category that there is, and takes away what
    only an answer can have told.
    """
    if case.method == "POST" and case.operation.path == "/products" and isinstance(case.body, dict):
        category = case.body.get("categoryId")
        if isinstance(category, str) and ULID.fullmatch(category):
            case.body["categoryId"] = os.environ["CATEGORY_ID"]
    if case.query and case.operation.path in ("/products", "/admin/products"):
        fit_together(case.query)
    if case.query and case.operation.path == "/admin/users":
        token = case.query.get("nextToken")
        # The user pool's own, which cannot be made up.
        if isinstance(token, str) and re.fullmatch(r"[!-~]{1,2000}", token):
            del case.query["nextToken"]
    if case.method in ("PUT", "PATCH") and case.operation.path == "/products/{productId}" and isinstance(case.body, dict):
        # Only the ids of pictures that the product has are good, and none can be made up.
        if case.body.get("images") and is_to_be_accepted(case):
            case.body["images"] = []
    if case.query and case.operation.path == "/admin/changes":
        in_order(case.query)
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


def is_beyond_ascii(text):
    return not text.isascii()


# What a pattern that all tools read cannot say of a text, in the words of its refusal, and of which texts alone they may be true.
UNSAID = {
    r"must not be empty": is_beyond_ascii,
    r"must have a letter, a digit or another sign that can be looked for": is_beyond_ascii,
    r"must have at most 10 words": lambda text: len(unicodedata.normalize("NFKD", text).split()) > 10,
    r"must not have more than 30 combining marks in a row": is_beyond_ascii,
    r"must have at most \d+ characters": lambda text: len(unicodedata.normalize("NFC", text)) > len(text),
    r"is not allowed as a name, or is there twice": is_beyond_ascii,
}


def texts_at(case, error):
    """The name and the value that a refusal is about, those of them that are text."""
    value = case.query if error["in"] == "query" else case.body
    name = None
    for step in error["pointer"].split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        # Normalised, a name is none that was sent.
        value = value[int(name)] if isinstance(value, list) else value.get(name) if isinstance(value, dict) else None
    return [text for text in (name, value) if isinstance(text, str)]


def is_unsaid(case, error):
    return any(
        re.fullmatch(detail, error["detail"]) and any(map(may_be_so, texts_at(case, error)))
        for detail, may_be_so in UNSAID.items()
    )


@schemathesis.check
def described_request_accepted(context, response, case):
    """In place of `positive_data_acceptance`, which takes for a fault what the document has no means to say."""
    if case.meta is None or not is_to_be_accepted(case):
        return
    # What a schema allows may still meet a state of things that does not: another version (412), no such category (422).
    if response.status_code < 400 or response.status_code in (401, 403, 404, 409, 412, 422, 429):
        return
    errors = response.json().get("errors", []) if response.status_code == 400 else []
    surprising = [error for error in errors if not is_unsaid(case, error)]
    assert errors and not surprising, f"The document allows what was refused with {response.status_code}: {surprising}"
