-- A node pool is shared by tenants, so it is a row of its own, with a lease and an epoch of its own. One row for each VM
-- size that plans name.
CREATE TABLE node_pool (
  name        text COLLATE "C" PRIMARY KEY,
  vm_size     text        NOT NULL,
  min_nodes   int         NOT NULL,
  max_nodes   int         NOT NULL,
  phase       text        NOT NULL, -- from conditions
  conditions  json        NOT NULL,
  size        json        NOT NULL, -- nodes wanted, provided, ready, and tenants that wait
  intent      json,                 -- a write that was begun and is not seen yet; null = none
  announced   bigint      NOT NULL DEFAULT 0, -- number of the last announced step
  attempt     int         NOT NULL DEFAULT 0,
  retry_at    timestamptz,          -- the provider is not asked before
  created_at  timestamptz NOT NULL DEFAULT now(),
  -- The work queue.
  next_run_at timestamptz NOT NULL DEFAULT now(),
  lease_until timestamptz,
  epoch       bigint      NOT NULL DEFAULT 0 -- raised by every claim and every record: fences late results
);

-- The node pool that a tenant's plan names: who stands or waits there is what the pool needs.
ALTER TABLE placement ADD COLUMN node_pool text COLLATE "C";
CREATE INDEX placement_by_node_pool ON placement (node_pool) WHERE node_pool IS NOT NULL;
