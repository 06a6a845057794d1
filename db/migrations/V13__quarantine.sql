-- What operators see of a record that was not taken, and need to redrive it. Null in rows of an older version: what can be
-- told from the record itself is told when it is shown.
ALTER TABLE refused ADD COLUMN key bytea;             -- of the record; null = it had none, or is of an older version
ALTER TABLE refused ADD COLUMN sent_at timestamptz;   -- the broker's time of it
ALTER TABLE refused ADD COLUMN claimed_type text;
ALTER TABLE refused ADD COLUMN claimed_tenant text;
ALTER TABLE refused ADD COLUMN message text;          -- why it was not taken; null = of an older version
ALTER TABLE refused ADD COLUMN errors json;

-- What became of it.
ALTER TABLE refused ADD COLUMN state text NOT NULL DEFAULT 'open'; -- open, replayed or discarded
ALTER TABLE refused ADD COLUMN verdict text;          -- of the latest replay
ALTER TABLE refused ADD COLUMN answer text;           -- of the latest replay, in words
ALTER TABLE refused ADD COLUMN action uuid;           -- the latest that replayed or discarded it
ALTER TABLE refused ADD COLUMN acted_at timestamptz;

-- Pages by any filter, newest first; and what is open, oldest first.
CREATE INDEX refused_newest ON refused (refused_at, id);
CREATE INDEX refused_by_reason ON refused (reason, refused_at, id);
CREATE INDEX refused_by_source ON refused (claimed_source, refused_at, id);
CREATE INDEX refused_by_tenant ON refused (claimed_tenant, refused_at, id);
CREATE INDEX refused_by_topic ON refused (topic, refused_at, id);
CREATE INDEX refused_open ON refused (refused_at, id) INCLUDE (reason) WHERE state = 'open';
CREATE INDEX refused_settled ON refused (state, refused_at, id) WHERE state <> 'open';
CREATE INDEX refused_by_action ON refused (action) WHERE action IS NOT NULL;
DROP INDEX refused_refused; -- refused_newest finds what is old
