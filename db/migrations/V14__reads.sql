-- Who follows what happens reads the latest messages, by when they were added.
CREATE INDEX outbox_by_turn ON outbox (turn);

-- All tenants at a glance, without reading the tenants themselves.
CREATE INDEX tenant_fleet ON tenant (phase, reason, phase_since, tenant_id) WHERE status_seq > 0;
