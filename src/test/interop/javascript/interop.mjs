// Berth seen by the CloudEvents SDK for JavaScript, kafkajs and Ajv.
//
// `send` sends the events of ../events.json, `read` reads and validates all that Berth has published, `judge`
// validates the examples of the contract and the generated cases, and `describe` both documents as Berth serves them.
import { Parser, fromURL } from '@asyncapi/parser';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { CloudEvent, Kafka as Binding } from 'cloudevents';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Kafka, logLevel } from 'kafkajs';

const SDK = 'javascript';
const FOLDER = process.env.INTEROP_FOLDER;
const SCHEMA = 'https://berth.dev/contract/schemas/';
const SECONDS = 300;
const kafka = new Kafka({ brokers: [process.env.KAFKA_BOOTSTRAP_SERVERS], logLevel: logLevel.ERROR });

// --- a producer ---

function cloudEvent(plan, wanted) {
  const attributes = { type: `dev.berth.tenant.${wanted.type}.v1`, source: plan.source, subject: wanted.tenant };
  if (wanted.attributes === 'everything') {
    for (const [name, value] of Object.entries(plan.everything)) {
      attributes[name] = value.replace('$TENANT', wanted.tenant);
    }
  }
  return new CloudEvent({ ...attributes, data: wanted.data });
}

// The record's key is the tenant id, whether the event has a partitionkey or not. In binary mode the SDK leaves
// the data as they are and has headers for attributes that are not there; kafkajs takes text, and no such headers.
function message(event, mode) {
  const { headers: all, value } = mode === 'binary' ? Binding.binary(event) : Binding.structured(event);
  const headers = Object.fromEntries(Object.entries(all).filter(([, header]) => header !== undefined));
  return { key: event.subject, headers, value: typeof value === 'string' ? value : JSON.stringify(value) };
}

async function send() {
  const plan = JSON.parse(readFileSync(process.env.INTEROP_EVENTS, 'utf8').replaceAll('$SDK', SDK));
  const producer = kafka.producer();
  await producer.connect();
  const events = {};
  for (const wanted of plan.events) {
    const event = cloudEvent(plan, wanted);
    await producer.send({ topic: 'tenant.events', messages: [message(event, wanted.mode)] });
    events[event.id] = wanted;
  }
  const probes = plan.probes.map((probe) => message(cloudEvent(plan, probe), 'binary'));
  await producer.send({ topic: 'tenant.events', messages: probes });
  await producer.disconnect();
  writeFileSync(`${FOLDER}/${SDK}.sent.json`, JSON.stringify({ events, tenants: plan.tenants }));
}

// --- a consumer ---

// All records up to the last one that is to be read of each partition.
async function records(ends, each) {
  let missing = Object.values(ends).flatMap(Object.values).reduce((sum, end) => sum + end.count, 0);
  const consumer = kafka.consumer({ groupId: `interop-${SDK}` });
  await consumer.connect();
  await consumer.subscribe({ topics: Object.keys(ends), fromBeginning: true });
  await new Promise((done, fail) => {
    const timer = setTimeout(() => fail(new Error(`${missing} records did not arrive within ${SECONDS} s`)), SECONDS * 1000);
    consumer.run({
      eachMessage: async ({ topic, partition, message }) => {
        const end = ends[topic][partition];
        if (end && Number(message.offset) <= end.last) {
          each(topic, partition, message);
          missing -= 1;
          if (missing === 0) {
            clearTimeout(timer);
            done();
          }
        }
      },
    }).catch(fail);
  });
  await consumer.disconnect();
}

// The event as this SDK understands it, and what is wrong with its data. kafkajs gives bytes, the SDK takes text.
function seen(topic, partition, message, ajv) {
  const key = message.key.toString();
  const line = { topic, key, at: `${partition}/${message.offset}` };
  try {
    const headers = Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, value.toString()]));
    const { data, ...attributes } = Binding.toEvent({ headers, key, value: message.value.toString() }).toJSON();
    const validate = validator(ajv, attributes.type);
    const faults = validate(data) ? [] : [ajv.errorsText(validate.errors)];
    return { ...line, attributes, data, faults };
  } catch (e) {
    return { ...line, faults: [`${e}`] };
  }
}

async function read() {
  const ajv = schemas();
  const ends = JSON.parse(readFileSync(`${FOLDER}/ends.json`, 'utf8'));
  const lines = [];
  await records(ends, (topic, partition, message) => lines.push(JSON.stringify(seen(topic, partition, message, ajv))));
  writeFileSync(`${FOLDER}/${SDK}.read.jsonl`, lines.map((line) => `${line}\n`).join(''));
}

// --- a validator ---

function schemas() {
  const ajv = new Ajv();
  addFormats(ajv);
  const folder = `${FOLDER}/contract/schemas`;
  readdirSync(folder).forEach((file) => ajv.addSchema(JSON.parse(readFileSync(`${folder}/${file}`, 'utf8'))));
  return ajv;
}

// Of the event's type; the steps of a tenant have the data of its state.
function validator(ajv, type) {
  return ajv.getSchema(`${SCHEMA}${type}.json`) ?? ajv.getSchema(`${SCHEMA}dev.berth.tenant.state.v1.json`);
}

async function judge() {
  const ajv = schemas();
  const cases = readFileSync(`${FOLDER}/cases.jsonl`, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line));
  const valid = cases.map(({ type, data }) => validator(ajv, type)(JSON.parse(data)));
  writeFileSync(`${FOLDER}/${SDK}.judged.json`, JSON.stringify(valid));
}

async function describe() {
  const faults = [...(await describeEvents()), ...(await describeCalls())];
  faults.forEach((fault) => console.log(fault));
  process.exit(faults.length > 0 ? 1 : 0);
}

// Errors and warnings; that there is a newer AsyncAPI is neither.
async function describeEvents() {
  const { document, diagnostics } = await fromURL(new Parser(), `${process.env.BERTH_URL}/contract/asyncapi.yaml`).parse();
  const faults = diagnostics.filter(({ severity, code }) => severity < 2 && code !== 'asyncapi-latest-version');
  if (document) {
    console.log(`asyncapi.yaml: ${document.messages().all().length} messages on ${document.channels().all().length} channels`);
  }
  return faults.map(({ code, message, path }) => `asyncapi.yaml: ${code}: ${message} at ${path.join('.')}`);
}

// Its structure, references and examples. A replica does not know the address that its callers have, so there are no servers.
async function describeCalls() {
  const answer = await fetch(`${process.env.BERTH_MANAGEMENT_URL}/q/openapi`);
  const source = await answer.text();
  const config = await createConfig({ extends: ['recommended-strict'], rules: { 'no-empty-servers': 'off', 'tag-description': 'off' } });
  const faults = await lintFromString({ source, absoluteRef: 'openapi.yaml', config });
  console.log(`openapi: ${source.match(/^ {6}operationId:/gm).length} operations on ${source.match(/^ {2}\/api\/.*:$/gm).length} paths`);
  return faults.map(({ ruleId, message, location }) => `openapi: ${ruleId}: ${message} at ${location[0].pointer}`);
}

await { send, read, judge, describe }[process.argv[2]]();
