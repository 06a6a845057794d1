package dev.berth.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.tenant.Desired;
import dev.berth.tenant.PlanRef;
import dev.berth.tenant.TenantSpec;
import dev.berth.tenant.condition.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

  @Test
  void whatANewerVersionWroteIsRead() {
    Desired read =
        Json.read(
            "{\"mode\":\"ACTIVE\",\"generation\":3,\"hibernation\":{\"since\":1}}", Desired.class);
    assertThat(read).isEqualTo(new Desired(Desired.Mode.ACTIVE, 3, null, null, null));
  }

  @Test
  void whatAnOlderVersionDidNotWriteIsEmpty() {
    TenantSpec read =
        Json.read(
            "{\"generation\":1,\"plan\":{\"name\":\"team\"},\"displayName\":\"A\",\"document\":\"{}\"}",
            TenantSpec.class);
    assertThat(read)
        .isEqualTo(
            new TenantSpec(
                1,
                new PlanRef("team", null),
                "A",
                List.of(),
                List.of(),
                Map.of(),
                null,
                null,
                "{}"));
  }

  @Test
  void timesAreWrittenAsPeopleReadThem() {
    Instant time = Instant.parse("2026-11-24T18:00:00.123456789Z");
    assertThat(Json.write(Map.of("b", time, "a", "x")))
        .isEqualTo("{\"a\":\"x\",\"b\":\"2026-11-24T18:00:00.123456789Z\"}");
    assertThat(
            Json.read(
                "[{\"type\":\"Ready\",\"status\":\"True\",\"reason\":\"Provisioned\",\"message\":\"\","
                    + "\"observedGeneration\":1,\"lastTransitionTime\":\"2026-11-24T18:00:00.123456789Z\"}]",
                Condition[].class)[0]
                .lastTransitionTime())
        .isEqualTo(time);
  }
}
