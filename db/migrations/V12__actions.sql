-- What people do to tenants and to refused records, and what came of it: at once, with the action itself, or once a claim
-- that began after it has recorded.
CREATE TABLE action (
  id              uuid        PRIMARY KEY,
  number          bigint      GENERATED ALWAYS AS IDENTITY, -- in which order they came
  kind            text        NOT NULL,
  tenant_id       text COLLATE "C",     -- null = it is not about a tenant
  record          uuid,                 -- the refused record that it is about; null = none
  who             text        NOT NULL,
  why             text        NOT NULL, -- in that one's words
  at              timestamptz NOT NULL,
  state           text        NOT NULL, -- PENDING, DONE or FAILED
  message         text        NOT NULL,
  before          json,                 -- what it was about, as it was and as it came to be
  after           json,
  done_at         timestamptz,
  epoch           bigint,               -- of the tenant: only a later claim carries it out
  idempotency_key text,                 -- of its caller; null once it is old
  body_sha256     text
);

CREATE UNIQUE INDEX action_by_key ON action (who, idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE INDEX action_of_tenant ON action (tenant_id, number DESC);
CREATE INDEX action_pending ON action (tenant_id) WHERE state = 'PENDING';
CREATE INDEX action_at ON action USING brin (at);

-- What operators have ordered for this life of the tenant; null = nothing.
ALTER TABLE tenant ADD COLUMN orders json;
