-- Only the purge looks for what was published before some time. The index had what is pending too, and the planner took it
-- for that: it reads most of the table, where outbox_pending and the key have a few rows.
DROP INDEX outbox_published;
CREATE INDEX outbox_published ON outbox USING brin (published_at) WHERE published_at IS NOT NULL;
