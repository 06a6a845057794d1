-- A namespace that a plan dropped: Berth deletes it. One that a later plan wants again is gone first, and made anew.
ALTER TABLE tenant_namespace ADD COLUMN leaving boolean NOT NULL DEFAULT false;
