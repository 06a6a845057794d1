-- What became of a request, for those who ask for its tenant.
ALTER TABLE inbox ADD COLUMN message text; -- why it was not applied, or what it waits for
CREATE INDEX inbox_of_tenant ON inbox (tenant_id, arrived_at);

-- An update of a tenant that is gone waits for the event that begins its next life. Null: it waits until what is stored
-- of its tenant can be read.
ALTER TABLE parked ADD COLUMN until timestamptz; -- when it waits no longer
