-- What operators look for. Null until the tenant is next written: every one is, once, when a new version looks at it.
ALTER TABLE tenant ADD COLUMN reason text;             -- of the tenant as a whole, from conditions
ALTER TABLE tenant ADD COLUMN phase_since timestamptz; -- when the phase last changed
ALTER TABLE tenant ADD COLUMN labels jsonb;            -- from desired; null = none

CREATE INDEX tenant_by_reason ON tenant (reason, tenant_id);
CREATE INDEX tenant_by_label ON tenant USING gin (labels jsonb_path_ops);
