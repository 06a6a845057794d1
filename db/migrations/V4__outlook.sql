-- With which facts of the cluster, plans and release of Berth each tenant was last looked at, as digests. One that was
-- looked at with others than there are now is due; null = not since this column exists.
ALTER TABLE tenant
  ADD COLUMN seen_guarantees text, -- what an open tenant rests on
  ADD COLUMN seen_everything text; -- and what may hold a tenant back
