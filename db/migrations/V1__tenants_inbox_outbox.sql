-- Times are of the database clock. Ids compare by bytes (COLLATE "C"), as they do in Java, so that pages of a list are
-- the same on every installation.

CREATE TABLE installation (
  singleton  boolean     PRIMARY KEY DEFAULT true CHECK (singleton), -- one row at most
  id         uuid        NOT NULL,
  cluster    text        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE plan_release (
  name        text        NOT NULL,
  version     int         NOT NULL,
  sha256      text        NOT NULL, -- of the content: a released version never changes
  released_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (name, version)
);

CREATE TABLE tenant (
  tenant_id            text COLLATE "C" PRIMARY KEY,
  incarnation          int         NOT NULL,
  revision             bigint      NOT NULL, -- raised by every accepted change of what is desired
  desired              json        NOT NULL, -- json, not jsonb: an unchanged document stays equal byte by byte
  generation           bigint      NOT NULL, -- from desired: the producer's counter
  plan_name            text,                 -- from desired: the plan version that the tenant stays on
  plan_version         int,
  phase                text        NOT NULL, -- from conditions
  conditions           json        NOT NULL,
  previous_phase       text,
  observed_generation  bigint      NOT NULL,
  applied_plan_name    text,
  applied_plan_version int,
  granted              int         NOT NULL,
  attempt              int         NOT NULL,
  next_retry_at        timestamptz,
  status_seq           bigint      NOT NULL, -- number of the last announced step, 0 = none
  cause                json,
  created_at           timestamptz NOT NULL DEFAULT now(),
  -- The work queue.
  next_run_at          timestamptz,          -- null = when something changes; equal to lease_until = claimed, and not made due since
  lease_owner          text,
  lease_until          timestamptz,
  epoch                bigint      NOT NULL DEFAULT 0 -- raised by every claim and every record: fences late results
) WITH (fillfactor = 70);

CREATE INDEX tenant_due ON tenant (next_run_at) WHERE next_run_at IS NOT NULL;
CREATE INDEX tenant_by_phase ON tenant (phase, tenant_id);
CREATE INDEX tenant_by_plan ON tenant (plan_name, plan_version, tenant_id);

CREATE TABLE tenant_namespace (
  namespace       text COLLATE "C" PRIMARY KEY,
  tenant_id       text COLLATE "C" NOT NULL REFERENCES tenant,
  incarnation     int  NOT NULL,
  ordinal         int  NOT NULL, -- order within the tenant
  name            text NOT NULL, -- in the plan, empty = the default one
  provisioning_id uuid NOT NULL, -- stored before the first call to the API server, and written into the namespace
  uid             text CONSTRAINT tenant_namespace_uid UNIQUE -- null until it was read back
);

CREATE INDEX tenant_namespace_by_tenant ON tenant_namespace (tenant_id);
CREATE INDEX tenant_namespace_by_provisioning_id ON tenant_namespace (provisioning_id);

CREATE TABLE tenant_resource (
  namespace  text COLLATE "C" NOT NULL REFERENCES tenant_namespace ON DELETE CASCADE,
  kind       text NOT NULL,
  name       text NOT NULL,
  uid        text, -- null until it was read back
  last_error text, -- null once it was read back
  PRIMARY KEY (namespace, kind, name)
);

CREATE TABLE inbox (
  source      text        NOT NULL,
  event_id    text        NOT NULL,
  sha256      text        NOT NULL, -- over type, subject and data: what makes two records of one source and id the same
  type        text        NOT NULL,
  tenant_id   text        NOT NULL,
  generation  bigint      NOT NULL,
  topic       text        NOT NULL,
  "partition" int         NOT NULL,
  "offset"    bigint      NOT NULL,
  headers     text        NOT NULL, -- a line each: name and value in Base64, because they may hold anything
  payload     bytea       NOT NULL,
  verdict     text,                 -- null only within the transaction that decides
  reason      text,                 -- of a rejection
  arrived_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (source, event_id)
);

CREATE INDEX inbox_arrived ON inbox USING brin (arrived_at);

-- Apart from the inbox: a refused record must not occupy the id of a genuine event that is still to come. The hash in
-- the key keeps a topic that was made anew, with offsets from 0, from colliding with its predecessor.
CREATE TABLE refused (
  id             uuid        NOT NULL UNIQUE,
  topic          text        NOT NULL,
  "partition"    int         NOT NULL,
  "offset"       bigint      NOT NULL,
  sha256         text        NOT NULL, -- of the value's bytes
  claimed_source text,
  claimed_id     text,
  reason         text        NOT NULL,
  headers        text        NOT NULL,
  payload        bytea,
  refused_at     timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (topic, "partition", "offset", sha256)
);

CREATE INDEX refused_refused ON refused USING brin (refused_at);

-- Bytes and headers are final, so that a repeat is identical. Published rows are the timeline.
CREATE TABLE outbox (
  id           uuid             PRIMARY KEY,
  topic        text             NOT NULL,
  aggregateid  text COLLATE "C" NOT NULL,
  agg_seq      bigint           NOT NULL, -- gapless within topic and aggregate
  type         text             NOT NULL,
  key          text             NOT NULL,
  headers      text             NOT NULL, -- JSON
  payload      bytea            NOT NULL,
  created_at   timestamptz      NOT NULL DEFAULT now(),
  published_at timestamptz,
  CONSTRAINT outbox_sequence UNIQUE (topic, aggregateid, agg_seq)
);

CREATE INDEX outbox_pending ON outbox (aggregateid, agg_seq) WHERE published_at IS NULL;
CREATE INDEX outbox_published ON outbox USING brin (published_at);
