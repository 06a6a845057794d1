package dev.berth.store.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.event.Sha256;
import dev.berth.store.Sql;
import dev.berth.store.inbox.KeptRecord;
import dev.berth.store.quarantine.QuarantinedRecord.RecordClaims;
import dev.berth.store.quarantine.Refusals.RefusedRecord;
import dev.berth.store.quarantine.Refusals.Sent;
import dev.berth.tenant.condition.Reason;
import dev.berth.tenant.condition.Refusal;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Records that were not taken, as the intake keeps them. */
public final class Refused {

  public static final Instant SENT = Instant.parse("2026-11-24T18:00:00Z");
  private static final AtomicLong OFFSET = new AtomicLong(1);

  private Refused() {}

  public static RefusedRecord of(@Nullable String source, @Nullable String tenant, Reason reason) {
    return of(source, tenant, Refusal.at("/sandboxes", reason, "sandboxes must be a number"));
  }

  public static RefusedRecord of(
      @Nullable String source, @Nullable String tenant, Refusal refusal) {
    byte[] payload = "{\"sandboxes\": \"x\"}".getBytes(UTF_8);
    return new RefusedRecord(
        new KeptRecord("tenant.events", 4, OFFSET.incrementAndGet(), "Y2VfaWQ= ZTE=", payload),
        new Sent("k".getBytes(UTF_8), SENT),
        Sha256.of(payload),
        new RecordClaims(source, "e1", "dev.berth.tenant.created.v1", tenant),
        refusal);
  }

  /** As a version left it that kept neither key nor message. */
  public static void asOfAnOlderVersion(DataSource database, String where) throws Exception {
    Sql.run(
        database,
        "UPDATE refused SET key = NULL, sent_at = NULL, claimed_type = NULL, claimed_tenant = NULL, message = NULL,"
            + " errors = NULL WHERE "
            + where);
  }
}
