-- A tenant that takes room of some nodes may wait for others: it stands in the line of those, and in no other.
ALTER TABLE placement ADD COLUMN wanted_pool text COLLATE "C"; -- whose line it is in; null = that of the nodes it takes room of

CREATE INDEX placement_lines ON placement (coalesce(wanted_pool, pool), priority DESC, arrived_at, tenant_id) WHERE wanted_memory IS NOT NULL;
DROP INDEX placement_line;
