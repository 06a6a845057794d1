-- Nothing looks at a rejected tenant again, so what V11 added for search is filled in here.
UPDATE tenant t
   SET reason = accepted.why ->> 'reason',
       phase_since = coalesce(phase_since, CAST(accepted.why ->> 'lastTransitionTime' AS timestamptz))
  FROM (SELECT tenant_id, why FROM tenant CROSS JOIN LATERAL json_array_elements(conditions) AS stored (why)
         WHERE phase = 'REJECTED' AND reason IS NULL AND why ->> 'type' = 'Accepted') accepted
 WHERE t.tenant_id = accepted.tenant_id;
