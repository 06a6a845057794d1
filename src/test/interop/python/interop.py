"""Berth seen by the CloudEvents SDK for Python, confluent-kafka and jsonschema.

`send` sends the events of ../events.json, `read` reads and validates all that Berth has published, and `judge`
validates the examples of the contract and the generated cases.
"""

import json
import os
import sys
import time
from pathlib import Path

from cloudevents.core.bindings import kafka
from cloudevents.core.v1.event import CloudEvent
from confluent_kafka import Consumer, Producer
from dateutil.parser import isoparse
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

SDK = "python"
BROKERS = os.environ.get("KAFKA_BOOTSTRAP_SERVERS")
FOLDER = Path(os.environ["INTEROP_FOLDER"])
EVENTS = Path(__file__).parent.parent / "events.json"
SCHEMA = "https://berth.dev/contract/schemas/{}.json"
SECONDS = 300


# --- a producer ---


def cloud_event(plan, wanted):
    attributes = {"type": f"dev.berth.tenant.{wanted['type']}.v1", "source": plan["source"], "subject": wanted["tenant"]}
    if wanted["attributes"] == "everything":
        attributes |= {name: value.replace("$TENANT", wanted["tenant"]) for name, value in plan["everything"].items()}
        attributes["time"] = isoparse(attributes["time"])
    return CloudEvent(attributes, wanted["data"])


def produce(producer, event, mode):
    """The record's key is the tenant id, whether the event has a partitionkey or not."""
    to_message = kafka.to_binary_event if mode == "binary" else kafka.to_structured_event
    message = to_message(event, key_mapper=lambda it: it.get_subject())
    producer.produce("tenant.events", key=message.key, value=message.value, headers=message.headers)
    return event.get_id()


def send():
    plan = json.loads(EVENTS.read_text("utf-8").replace("$SDK", SDK))
    producer = Producer({"bootstrap.servers": BROKERS})
    as_java = Producer({"bootstrap.servers": BROKERS, "partitioner": "murmur2_random"})
    sent = {produce(producer, cloud_event(plan, wanted), wanted["mode"]): wanted for wanted in plan["events"]}
    for probe in plan["probes"]:
        produce(producer, cloud_event(plan, probe), "binary")
        produce(as_java, cloud_event(plan | {"source": plan["source"] + "-murmur2"}, probe), "binary")
    if producer.flush(SECONDS) + as_java.flush(SECONDS) > 0:
        sys.exit(f"Kafka did not take all events within {SECONDS} s")
    (FOLDER / f"{SDK}.sent.json").write_text(json.dumps({"events": sent, "tenants": plan["tenants"]}))


# --- a consumer ---


def records(ends):
    """All records up to the last one that is to be read of each partition."""
    consumer = Consumer({
        "bootstrap.servers": BROKERS,
        "group.id": f"interop-{SDK}",
        "auto.offset.reset": "earliest",
        "isolation.level": "read_committed",
    })
    consumer.subscribe(list(ends))
    missing = sum(end["count"] for partitions in ends.values() for end in partitions.values())
    deadline = time.monotonic() + SECONDS
    while missing > 0:
        record = consumer.poll(1.0)
        if time.monotonic() > deadline:
            sys.exit(f"{missing} records did not arrive within {SECONDS} s")
        if record is None:
            continue
        if record.error():
            sys.exit(f"Kafka: {record.error()}")
        end = ends[record.topic()].get(str(record.partition()))
        if end and record.offset() <= end["last"]:
            missing -= 1
            yield record
    consumer.close()


def seen(record, schemas):
    """The event as this SDK understands it, and what is wrong with its data."""
    line = {"topic": record.topic(), "key": record.key().decode(), "at": f"{record.partition()}/{record.offset()}"}
    try:
        message = kafka.KafkaMessage(dict(record.headers() or []), record.key(), record.value())
        event = kafka.from_kafka_event(message)
        attributes = event.get_attributes() | {"time": event.get_time().isoformat()}
        schema = schemas.validator(event.get_type())
        faults = [error.message for error in schema.iter_errors(event.get_data())]
        return line | {"attributes": attributes, "data": event.get_data(), "faults": faults}
    except Exception as e:  # whatever the SDK has against it
        return line | {"faults": [f"{type(e).__name__}: {e}"]}


def read():
    schemas = Schemas(FOLDER / "contract")
    ends = json.loads((FOLDER / "ends.json").read_text())
    with open(FOLDER / f"{SDK}.read.jsonl", "w", encoding="utf-8") as out:
        for record in records(ends):
            out.write(json.dumps(seen(record, schemas)) + "\n")


# --- a validator ---


class Schemas:
    def __init__(self, contract):
        files = [json.loads(file.read_text("utf-8")) for file in (contract / "schemas").iterdir()]
        self.by_id = {schema["$id"]: schema for schema in files}
        self.registry = Registry().with_resources((i, Resource.from_contents(s)) for i, s in self.by_id.items())

    def validator(self, event_type):
        """Of the event's type; the steps of a tenant have the data of its state."""
        schema = self.by_id.get(SCHEMA.format(event_type)) or self.by_id[SCHEMA.format("dev.berth.tenant.state.v1")]
        return Draft202012Validator(schema, registry=self.registry, format_checker=Draft202012Validator.FORMAT_CHECKER)


def judge():
    schemas = Schemas(FOLDER / "contract")
    with open(FOLDER / "cases.jsonl", encoding="utf-8") as lines:
        cases = [json.loads(line) for line in lines]
    valid = [schemas.validator(case["type"]).is_valid(json.loads(case["data"])) for case in cases]
    (FOLDER / f"{SDK}.judged.json").write_text(json.dumps(valid))


{"send": send, "read": read, "judge": judge}[sys.argv[1]]()
