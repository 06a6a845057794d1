package dev.berth.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.api.stage.Samples;
import dev.berth.event.outgoing.StatusEvents;
import dev.berth.store.Json;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.condition.Reason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/**
 * Fills a database with tenants as a year leaves them: most are ready, some are not for one of many
 * reasons, and each has a history. None is due, so nobody works on them.
 */
public final class ManyTenants {

  /** Of 100 tenants, those up to this place are in the phase. */
  private static final String SITUATIONS =
      """
      (VALUES (85, 'READY', 'Provisioned', true), (89, 'BLOCKED', 'QuotaTooSmall', false),
              (92, 'WAITLISTED', 'NoRoom', false), (95, 'FAILED', 'ApiUnavailable', false),
              (97, 'DEGRADED', 'PolicyAltered', false), (98, 'PROVISIONING', 'Provisioning', false),
              (100, 'OFFBOARDED', 'Offboarded', true)) AS situation (up_to, phase, reason, good)
      """;

  private static final String TENANTS =
      """
      INSERT INTO tenant (tenant_id, incarnation, revision, desired, generation, plan_name, plan_version, phase, conditions,
                          observed_generation, granted, attempt, status_seq, reason, phase_since, labels)
      SELECT 'tenant-' || lpad(CAST(n AS text), 5, '0'), 1, 3, CAST(? AS json), 3,
             (ARRAY['starter', 'team', 'enterprise'])[1 + n %% 3], 1 + n %% 2, situation.phase,
             CAST(CASE WHEN situation.good THEN ? ELSE replace(?, 'QuotaTooSmall', situation.reason) END AS json),
             3, 8, 0, ?, situation.reason, now() - n * interval '7 minutes',
             jsonb_build_object('cost-center', CAST(4000 + n %% 400 AS text), 'stage', (ARRAY['live', 'test'])[1 + n %% 2])
        FROM generate_series(1, ?) n
        JOIN LATERAL (SELECT * FROM %s WHERE 1 + n * 7 %% 100 <= up_to ORDER BY up_to LIMIT 1) situation ON true
      """
          .formatted(SITUATIONS);

  private static final String NAMESPACES =
      """
      INSERT INTO tenant_namespace (namespace, tenant_id, incarnation, ordinal, name, provisioning_id, uid)
      SELECT tenant_id || part.suffix, tenant_id, 1, part.ordinal, part.name, gen_random_uuid(), gen_random_uuid()
        FROM tenant CROSS JOIN (VALUES ('', 0, ''), ('--jobs', 1, 'jobs')) AS part (suffix, ordinal, name)
      """;

  private static final String PLACEMENTS =
      """
      INSERT INTO placement (tenant_id, pool, priority, arrived_at, memory, cpu, sandboxes, placed_at,
                             wanted_memory, wanted_cpu, wanted_sandboxes)
      SELECT tenant_id, '{kubernetes.azure.com/kata-vm-isolation=true}', 50, now(), 8589934592, 4000, 8, now(),
             CASE phase WHEN 'WAITLISTED' THEN 17179869184 END, CASE phase WHEN 'WAITLISTED' THEN 8000 END,
             CASE phase WHEN 'WAITLISTED' THEN 16 END
        FROM tenant WHERE phase <> 'OFFBOARDED'
      """;

  private static final String STEPS =
      """
      INSERT INTO outbox (id, topic, aggregateid, agg_seq, type, key, headers, payload, created_at, published_at)
      SELECT gen_random_uuid(), 'tenant.lifecycle', tenant_id, step,
             (ARRAY['dev.berth.tenant.provisioned.v1', 'dev.berth.tenant.provisioning-failed.v1'])[1 + step % 2],
             tenant_id, '{"ce_time":"2026-11-30T12:00:00Z"}', ?, now() - (100 - step) * interval '1 hour', now()
        FROM tenant CROSS JOIN generate_series(1, ?) step
      """;

  private static final String REQUESTS =
      """
      INSERT INTO inbox (source, event_id, sha256, type, tenant_id, generation, topic, "partition", "offset", headers,
                         payload, verdict, arrived_at)
      SELECT '/control-plane', tenant_id || request, 'x', 'dev.berth.tenant.updated.v1', tenant_id, request,
             'tenant.events', 0, request, '', '', CASE request WHEN 2 THEN 'STALE' ELSE 'APPLIED' END,
             now() - (100 - request) * interval '1 hour'
        FROM tenant CROSS JOIN generate_series(1, 3) request
      """;

  private ManyTenants() {}

  /**
   * @param steps that each tenant has
   */
  public static void fill(DataSource database, int tenants, int steps) throws SQLException {
    Tenant ready = Samples.ready("sample", new PlanVersion("team", 1));
    Tenant blocked = Samples.blocked("sample", new PlanVersion("team", 1));
    String data =
        new String(
            new StatusEvents("local").data(ready, Reason.Provisioned, "as it should be"), UTF_8);
    try (Connection connection = database.getConnection()) {
      run(connection, "SET statement_timeout = 0");
      run(
          connection,
          TENANTS,
          Json.write(ready.desired()),
          Json.write(ready.status().conditions().list()),
          Json.write(blocked.status().conditions().list()),
          steps,
          tenants);
      run(connection, NAMESPACES);
      run(connection, PLACEMENTS);
      run(connection, STEPS, data.getBytes(UTF_8), steps);
      run(connection, REQUESTS);
      try (Statement analyze = connection.createStatement()) {
        // Visible to all, so that an index alone may answer.
        for (String table : List.of("tenant", "tenant_namespace", "placement", "outbox", "inbox")) {
          analyze.execute("VACUUM ANALYZE " + table);
        }
      }
      run(connection, "RESET statement_timeout");
    }
  }

  private static void run(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      statement.executeUpdate();
    }
  }
}
