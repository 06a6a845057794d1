"""Berth's REST API and the document of it, judged by schemathesis on the Berth of the lane.

Every operation of the served document is called by its examples, at the bounds of its schemas, at random and in
sequences, with valid data and with invalid data: what is answered must be what the document says. Other cases with
another seed: API_SEED. The report is schemathesis.json. Then figures are printed that nobody judges.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import jwt
from cloudevents.core.bindings import kafka
from cloudevents.core.v1.event import CloudEvent
from confluent_kafka import Producer
from cryptography.hazmat.primitives.asymmetric import rsa

HERE = Path(__file__).parent
FOLDER = Path(os.environ["INTEROP_FOLDER"])
URL, MANAGEMENT = os.environ["BERTH_URL"], os.environ["BERTH_MANAGEMENT_URL"]
ISSUER = os.environ["BERTH_ISSUER"]
SEED = os.environ.get("API_SEED", "1")
CASES = os.environ.get("API_CASES", "25")
# Beside those of the SDKs: one whose plan is not there, one that needs nodes for sandboxes, and the one of the document's
# examples, so that no answer but refusals is luck.
TENANTS = {"api-blocked": "not-there", "api-sandboxed": "team", "api-shared": "pooled", "acme": "pooled"}
REFUSED = 9
COMMAND = HERE.parents[3] / "src/main/release/berth"
# Of what schemathesis only warns: operations of which nothing but refusals was seen, and schemas that it cannot use.
FATAL = ["missing_auth", "missing_test_data", "missing_deserializer", "unused_openapi_auth", "unsupported_regex", "unmatched_filter", "unresolvable_reference"]
SECONDS = 300


# --- who calls ---


class Issuer(BaseHTTPRequestHandler):
    """Discovery and keys of an OpenID Connect issuer."""

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def do_GET(self):
        keys = {"keys": [json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key())) | {"kid": "1", "use": "sig", "alg": "RS256"}]}
        body = json.dumps(keys if self.path == "/keys" else {"issuer": ISSUER, "jwks_uri": f"{ISSUER}/keys"}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def token():
    now = datetime.now(timezone.utc)
    claims = {"iss": ISSUER, "aud": "berth", "sub": "lane", "upn": "lane", "groups": ["berth-admin"], "iat": now, "exp": now + timedelta(hours=1)}
    return jwt.encode(claims, Issuer.key, algorithm="RS256", headers={"kid": "1"})


def get(path, bearer):
    with urlopen(Request(f"{URL}{path}", headers={"Authorization": f"Bearer {bearer}"}), timeout=30) as answer:
        return json.load(answer)


# --- what is there ---


def created(source, tenant, plan):
    data = {"generation": 1, "plan": plan, "owners": [{"kind": "Group", "name": "owners"}], "labels": {"cost-center": "4711"}}
    event = CloudEvent({"type": "dev.berth.tenant.created.v1", "source": source, "subject": tenant}, data)
    return kafka.to_binary_event(event, key_mapper=lambda it: it.get_subject())


def send():
    producer = Producer({"bootstrap.servers": os.environ["KAFKA_BOOTSTRAP_SERVERS"]})
    wanted = [created("/interop/python", tenant, plan) for tenant, plan in TENANTS.items()]
    for it in wanted + [created("/interop/unknown", f"api-refused-{i}", "pooled") for i in range(REFUSED)]:
        producer.produce("tenant.events", key=it.key, value=it.value, headers=it.headers)
    if producer.flush(SECONDS):
        sys.exit("the tenants could not be sent")


def await_tenants(bearer):
    """Some settle, some cannot: the phases of all."""
    deadline, phases = time.monotonic() + SECONDS, {}
    while time.monotonic() < deadline:
        try:
            phases = {it["tenantId"]: it["phase"] for it in get("/api/v1/tenants?limit=500", bearer)["items"]}
            if phases.get("api-blocked") == "BLOCKED" and phases.get("api-shared") == phases.get("acme") == "READY":
                return phases
        except URLError as e:  # Berth starts, or its issuer has just begun to answer
            if isinstance(e, HTTPError) and e.code != 503:
                raise
        time.sleep(0.2)
    sys.exit(f"the tenants did not settle within {SECONDS} s: {phases}")


def ids(bearer, phases):
    """What the paths of the document name, so that there is something to be answered."""
    records = [it["id"] for it in get("/api/v1/quarantine?limit=500", bearer)["items"]]
    actions = get("/api/v1/tenants/api-shared/actions", bearer)["items"]
    return {
        "tenants": sorted(phases), "records": records, "actions": [it["id"] for it in actions],
        "plans": [it["name"] for it in get("/api/v1/plans", bearer)["items"]],
        "pools": [it["name"] for it in get("/api/v1/node-pools", bearer)["items"]],
        "rooms": [it["pool"] for it in get("/api/v1/capacity", bearer)["pools"]]}


def act(bearer):
    call = Request(f"{URL}/api/v1/tenants/api-shared/actions", json.dumps({"kind": "look", "reason": "to be found by the lane"}).encode(), headers={
        "Authorization": f"Bearer {bearer}", "Content-Type": "application/json", "Idempotency-Key": "lane"})
    with urlopen(call, timeout=30) as answer:
        assert answer.status == 202


# --- the judge ---


def configuration(known):
    """schemathesis.toml, with the ids of this run."""
    text = f'hooks = "{HERE}/hooks.py"\n' + (HERE / "schemathesis.toml").read_text()
    for name, values in known.items():
        text += f"\n[dictionaries.{name}]\nvalues = {json.dumps(values or ['none'])}\n"
    file = FOLDER / "schemathesis.toml"
    file.write_text(text)
    return file


def judge(bearer, known):
    """The report of schemathesis; every failure, error and warning of it ends the lane."""
    report = FOLDER / "schemathesis.json"
    command = [
        str(Path(sys.executable).parent / "schemathesis"), "--config-file", str(configuration(known)), "run", f"{MANAGEMENT}/q/openapi?format=json",
        "--url", URL, "--seed", SEED, "--max-examples", CASES, "--header", f"Authorization: Bearer {bearer}", "--no-color",
        "--report", "json", "--report-json-path", str(report)]
    with open(FOLDER / "schemathesis.log", "w") as log:
        ended = subprocess.run(command, cwd=FOLDER, stdout=log, stderr=log, timeout=900).returncode
    said = (FOLDER / "schemathesis.log").read_text()
    if not report.exists():
        sys.exit(f"schemathesis could not judge: {said[-3000:]}")
    found = json.loads(report.read_text())
    tell(found)
    missed = list(missing(found))
    if ended or missed:
        findings = said[max(said.find("= ERRORS"), said.find("= FAILURES"), 0):]
        sys.exit("\n".join([*missed, findings[:12_000]]))


def tell(found):
    cases, operations = found["test_cases"], found["operations"]
    print(
        f"schemathesis, seed {found['seed']}: {cases['generated']} cases on {operations['tested']} of {operations['total']} operations, "
        f"all checks, {cases['unique_failures']} findings, {len(found['errors'])} errors, {found['running_time']:.0f} s")


def missing(found):
    """What was not judged is not right."""
    if found["operations"]["tested"] != found["operations"]["total"] or not found["complete"]:
        yield f"not everything was called: {found['operations']}, {found['stop_reason']}"
    for operation, phases in found["valid_rates"].items():
        if not any(rates["accepted"] for rates in phases.values()):
            yield f"nothing but refusals was seen of {operation}"
    for kind in FATAL:
        for it in found["warnings"][kind]:
            yield f"{kind}: {it}"


# --- figures, which are not judged ---


def series():
    with urlopen(f"{MANAGEMENT}/q/metrics", timeout=30) as answer:
        return sum(not line.startswith(b"#") for line in answer.read().splitlines())


def first_word(bearer, *words):
    """Seconds until the command line writes something, and of the processor for all of it; medians of five."""
    token_file = FOLDER / "token"
    token_file.write_text(bearer)
    times, busy = [], []
    for _ in range(5):
        begun, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
        with subprocess.Popen([str(COMMAND), *words], stdout=subprocess.PIPE, env={**os.environ, "BERTH_TOKEN_FILE": str(token_file)}) as process:
            if not process.stdout.read(1):
                sys.exit(f"berth {' '.join(words)} said nothing")
            times.append(time.monotonic() - begun)
            process.stdout.read()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        busy.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(times), statistics.median(busy)


def show_figures(bearer):
    times = {words: first_word(bearer, *words) for words in (("--help",), ("get", "api-shared"))}
    print(f"figures: {series()} series of metrics; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    for words, (took, busy) in times.items():
        slow = " ABOVE ONE SECOND" if took > 1 else ""
        print(f"figures: berth {' '.join(words)}: first word after {took:.2f} s, {busy:.2f} s of processor{slow}")


def main():
    host, port = ISSUER.removeprefix("http://").split(":")
    threading.Thread(target=ThreadingHTTPServer((host, int(port)), Issuer).serve_forever, daemon=True).start()
    bearer = token()
    send()
    phases = await_tenants(bearer)
    act(bearer)
    known = ids(bearer, phases)
    print(f"tenants: {dict(Counter(phases.values()))}, refused records: {len(known['records'])}")
    show_figures(bearer)
    judge(bearer, known)


if __name__ == "__main__":
    main()
