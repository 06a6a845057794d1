-- The relay takes the oldest first, whichever aggregate it is of. Assigned when a row is inserted, which the lock of its
-- tenant does in the order of agg_seq. Null: published before this column was.
CREATE SEQUENCE outbox_turn;
ALTER TABLE outbox ADD COLUMN turn bigint;

-- What could not be sent waits apart, with all that comes after it of the same topic and aggregate.
ALTER TABLE outbox ADD COLUMN set_aside_at timestamptz; -- of the last attempt
ALTER TABLE outbox ADD COLUMN failure text;             -- null = waits behind one that could not be sent

UPDATE outbox SET turn = waiting.number
  FROM (SELECT id, row_number() OVER (ORDER BY agg_seq, created_at, id) AS number
          FROM outbox WHERE published_at IS NULL) waiting
 WHERE outbox.id = waiting.id;
SELECT setval('outbox_turn', (SELECT coalesce(max(turn), 0) + 1 FROM outbox));
ALTER TABLE outbox ALTER COLUMN turn SET DEFAULT nextval('outbox_turn');

DROP INDEX outbox_pending;
CREATE INDEX outbox_pending ON outbox (topic, turn) WHERE published_at IS NULL AND set_aside_at IS NULL;
CREATE INDEX outbox_set_aside ON outbox (topic, aggregateid, agg_seq) WHERE published_at IS NULL AND set_aside_at IS NOT NULL;

-- The line of those who wait for room, in its order.
CREATE INDEX placement_line ON placement (pool, priority DESC, arrived_at, tenant_id) WHERE wanted_memory IS NOT NULL;

-- Requests that arrived and are without a verdict, because this version cannot read what is stored of their tenant.
CREATE TABLE parked (
  source   text        NOT NULL,
  event_id text        NOT NULL,
  tried_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (source, event_id),
  FOREIGN KEY (source, event_id) REFERENCES inbox ON DELETE CASCADE
);
