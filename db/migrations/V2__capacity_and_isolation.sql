-- What each tenant takes of the nodes for sandboxes, and what it waits for. One row per tenant of a sandboxed plan.
CREATE TABLE placement (
  tenant_id        text COLLATE "C" PRIMARY KEY REFERENCES tenant ON DELETE CASCADE,
  pool             text COLLATE "C" NOT NULL, -- node selector of its RuntimeClass: the nodes that it shares with others
  priority         int         NOT NULL,      -- of the plan: higher ones come first on the waiting list
  arrived_at       timestamptz NOT NULL,      -- when this life of the tenant was accepted
  memory           bigint      NOT NULL,      -- taken: bytes, thousandths of a core, sandboxes; 0 = nothing yet
  cpu              bigint      NOT NULL,
  sandboxes        bigint      NOT NULL,
  placed_at        timestamptz,               -- when it was last given room; null = never
  wanted_memory    bigint,                    -- what it waits for in the place of what it takes; null = it does not wait
  wanted_cpu       bigint,
  wanted_sandboxes bigint
);

CREATE INDEX placement_by_pool ON placement (pool);

-- What a sandbox of the tenant is like and how many a node takes, as last worked out; null for shared plans.
ALTER TABLE tenant ADD COLUMN sandbox json;

-- When the isolation of an open tenant is to be verified next; null = not.
ALTER TABLE tenant ADD COLUMN verify_at timestamptz;
CREATE INDEX tenant_to_verify ON tenant (verify_at) WHERE verify_at IS NOT NULL;

CREATE TABLE isolation_report (
  tenant_id   text COLLATE "C" PRIMARY KEY REFERENCES tenant ON DELETE CASCADE,
  incarnation int         NOT NULL,
  generation  bigint      NOT NULL,
  verified_at timestamptz NOT NULL,
  passed      boolean     NOT NULL,
  lines       json        NOT NULL
);
