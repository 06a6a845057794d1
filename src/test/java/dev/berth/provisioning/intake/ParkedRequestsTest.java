package dev.berth.provisioning.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.event.RawRecord;
import dev.berth.event.RawRecord.Header;
import dev.berth.event.RawRecord.Position;
import dev.berth.provisioning.WithoutACluster;
import dev.berth.store.Sql;
import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.TenantId;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** G7: what Berth cannot read of its own is no fault of the record. */
@QuarkusTest
@Tag("application")
@TestProfile(WithoutACluster.class)
class ParkedRequestsTest {

  private final Intake intake;
  private final ParkedRequests parked;
  private final Tenants tenants;
  private final DataSource dataSource;
  private final String tenant = "p" + UUID.randomUUID().toString().substring(0, 8);
  private final String other = tenant + "-other";
  private long offset;

  ParkedRequestsTest(Intake intake, ParkedRequests parked, Tenants tenants, DataSource dataSource) {
    this.intake = intake;
    this.parked = parked;
    this.tenants = tenants;
    this.dataSource = dataSource;
  }

  @Test
  void aRequestOfATenantThatCannotBeReadIsDecidedOnceItCan() throws Exception {
    intake.take(created(tenant, "first", 1));
    String before =
        Sql.one(dataSource, "SELECT desired FROM tenant WHERE tenant_id = '%s'".formatted(tenant));
    Sql.run(
        dataSource,
        "UPDATE tenant SET desired = '{\"mode\":\"HIBERNATED\"}' WHERE tenant_id = '%s'"
            .formatted(tenant));

    RawRecord second = created(tenant, "second", 2);
    intake.take(second);
    intake.take(second); // delivered again
    intake.take(created(other, "of another", 1));

    assertThat(verdict("second")).isNull();
    assertThat(verdict("of another")).isEqualTo("APPLIED");
    assertThat(
            Sql.one(
                dataSource,
                "SELECT count(*) FROM refused WHERE claimed_id = '%s'"
                    .formatted(tenant + "second")))
        .isEqualTo("0");
    parked.tryAgain();
    assertThat(verdict("second")).isNull();

    Sql.run(
        dataSource,
        "UPDATE tenant SET desired = '%s' WHERE tenant_id = '%s'".formatted(before, tenant));
    parked.tryAgain();

    assertThat(verdict("second")).isEqualTo("APPLIED");
    assertThat(tenants.find(new TenantId(tenant)).orElseThrow().desired().generation())
        .isEqualTo(2);
    assertThat(
            Sql.one(
                dataSource,
                "SELECT count(*) FROM parked WHERE event_id LIKE '%s%%'".formatted(tenant)))
        .isEqualTo("0");
  }

  /** Else it would wait for ever, and nobody would be told. */
  @Test
  void aRequestThatWouldBeRefusedByNowIsRefused() throws Exception {
    intake.take(created(tenant, "first", 1));
    Sql.run(
        dataSource,
        "UPDATE tenant SET desired = '{\"mode\":\"HIBERNATED\"}' WHERE tenant_id = '%s'"
            .formatted(tenant));
    intake.take(created(tenant, "second", 2));
    Sql.run(
        dataSource,
        "UPDATE inbox SET headers = replace(headers, encode('/control-plane', 'base64'), encode('/dismissed', 'base64')) WHERE event_id = '%s'"
            .formatted(tenant + "second"));

    parked.tryAgain();

    String claimed = "claimed_id = '%s'".formatted(tenant + "second");
    assertThat(Sql.one(dataSource, "SELECT reason FROM refused WHERE " + claimed))
        .isEqualTo("SourceNotAllowed");
    String known = "event_id = '%s'".formatted(tenant + "second");
    assertThat(Sql.one(dataSource, "SELECT count(*) FROM parked WHERE " + known)).isEqualTo("0");
    assertThat(Sql.one(dataSource, "SELECT count(*) FROM inbox WHERE " + known))
        .as("its id is not used up")
        .isEqualTo("0");
  }

  private RawRecord created(String tenant, String id, long generation) {
    String data =
        "{\"generation\":%d,\"plan\":\"starter\",\"displayName\":\"A\",\"owners\":[{\"kind\":\"Group\",\"name\":\"g\"}]}"
            .formatted(generation);
    List<Header> headers =
        Stream.of(
                "ce_specversion=1.0",
                "ce_id=" + this.tenant + id,
                "ce_source=/control-plane",
                "ce_type=dev.berth.tenant.created.v1",
                "ce_subject=" + tenant,
                "content-type=application/json")
            .map(header -> header.split("=", 2))
            .map(header -> new Header(header[0], header[1].getBytes(UTF_8)))
            .toList();
    return new RawRecord(
        new Position("tenant.events", 0, offset++),
        Instant.EPOCH,
        tenant.getBytes(UTF_8),
        headers,
        data.getBytes(UTF_8));
  }

  private String verdict(String id) throws Exception {
    return Sql.one(
        dataSource, "SELECT verdict FROM inbox WHERE event_id = '%s'".formatted(tenant + id));
  }
}
