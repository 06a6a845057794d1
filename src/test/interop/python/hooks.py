"""What the document cannot say of a valid call, for schemathesis: loaded by api.py."""

import re
import unicodedata

import schemathesis
from schemathesis import GenerationMode

REDRIVES = {"replayRecord", "discardRecord", "replayRecords", "discardRecords"}


def is_valid(case):
    return case.meta is None or case.meta.generation.mode == GenerationMode.POSITIVE


def printable(reason):
    """Schemathesis makes what a pattern with classes of Unicode does not match."""
    kept = "".join(it for it in reason if unicodedata.category(it)[0] in "LMNPS" or unicodedata.category(it) == "Zs").replace("\ufffd", "")
    return kept if kept.strip() else "why"


@schemathesis.hook
def before_call(context, case, kwargs):
    """A cursor is the one of a page before, what changes records has a body and a key, what changes a tenant is for any
    state of it, and no wait is longer than a second."""
    operation = case.operation.definition.raw.get("operationId")
    query = dict(case.query or {})
    if operation == "getTenant" and "waitFor" in query and re.fullmatch(r"[0-9]+[smh]", str(query.get("timeout", "30s"))):
        query["timeout"] = "1s"
        case.query = query
    if not is_valid(case):
        return
    query.pop("cursor", None)
    if operation in REDRIVES and not ("Idempotency-Key" in (case.headers or {}) and isinstance(case.body, dict)):
        query["dryRun"] = "true"
    if operation == "actOnTenant" and isinstance(case.body, dict):
        case.headers = {**(case.headers or {}), "If-Match": "*"}
    case.query = query
    if isinstance(case.body, dict) and isinstance(case.body.get("reason"), str):
        case.body = {**case.body, "reason": printable(case.body["reason"])}
