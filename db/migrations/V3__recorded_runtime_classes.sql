-- The RuntimeClasses, with their handlers, that a tenant's pods may run in: the one it stands on, then the one it is
-- being moved to. Null for shared plans. A handler was not recorded before, so it is the one found at the next look.
ALTER TABLE tenant ADD COLUMN runtimes json;

UPDATE tenant
   SET runtimes = json_build_array(json_build_object('name', sandbox ->> 'runtimeClass'))
 WHERE sandbox IS NOT NULL AND applied_plan_name IS NOT NULL;
