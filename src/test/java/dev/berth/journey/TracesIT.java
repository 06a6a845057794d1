package dev.berth.journey;

import static dev.berth.journey.stage.Stage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.journey.stage.ControlPlane.Sent;
import dev.berth.journey.stage.Letter;
import dev.berth.journey.stage.OnRealParts;
import dev.berth.journey.stage.Stage;
import dev.berth.journey.stage.Wish;
import dev.berth.local.process.Ports;
import dev.berth.tracing.Collector;
import dev.berth.tracing.Collector.Taken;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a collector of spans is told of a tenant. */
@QuarkusTest
@TestProfile(TracesIT.WithACollector.class)
class TracesIT {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PORT = "traces.port";

  /** The collector comes after Berth, which does not mind. */
  public static class WithACollector extends OnRealParts {
    @Override
    public Map<String, String> getConfigOverrides() {
      int port = Ports.rememberedIn(Path.of("target")).of("otlp");
      System.setProperty(PORT, Integer.toString(port));
      Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
      settings.put("berth.tracing.endpoint", "http://127.0.0.1:" + port);
      return settings;
    }
  }

  @Test
  void anOnboardingIsInTheTraceOfItsEventAndLaterLooksAreLinkedToIt() {
    String tenant = Stage.tenant("traced");
    try (Collector collector = Collector.at(Integer.getInteger(PORT))) {
      Sent sent =
          Stage.CONTROL_PLANE.sends(
              Letter.event("created.v1", tenant, Wish.of("team").owners("acme-ops").json())
                  .also("ce_traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01"));
      Stage.STATUS.awaitReady(tenant, 1);
      Stage.DATABASE.awaitAnotherLook(tenant);
      eventually().until(() -> collector.spans().stream().anyMatch(TracesIT::isALaterLook));
      // A step is read as soon as it is sent, which may be long before its span has ended.
      eventually()
          .untilAsserted(() ->
              assertThat(relayed(ofTheOnboarding(collector)))
                  .contains("accepted.v1", "provisioning-started.v1", "provisioned.v1"));
      List<Taken> onboarding = ofTheOnboarding(collector);
      assertThat(onboarding)
          .extracting(Taken::name)
          .contains("take in", "claim", "record", "relay", "Namespace", "RoleBinding")
          .contains("Verify sandbox");
      Taken in = named(onboarding, "take in");
      assertThat(in.parent()).isEqualTo("00f067aa0ba902b7");
      assertThat(in.of("berth.verdict")).isEqualTo("APPLIED");
      assertThat(in.of("berth.event.id")).isEqualTo(sent.id());
      assertThat(named(onboarding, "claim").of("berth.tenant")).isEqualTo(tenant);
      assertThat(onboarding.stream().filter(span -> span.name().equals("claim")))
          .as("one of which did it, as an onboarding may need more than one")
          .extracting(Taken::id)
          .contains(named(onboarding, "Namespace").parent(), named(onboarding, "record").parent());
      Taken later =
          collector.spans().stream().filter(TracesIT::isALaterLook).findFirst().orElseThrow();
      assertThat(later.trace()).isNotEqualTo(TRACE);
      assertThat(collector.everything()).contains(tenant).doesNotContain("acme-ops", "Acme GmbH");
    }
  }

  private static List<Taken> ofTheOnboarding(Collector collector) {
    return collector.spans().stream().filter(span -> span.trace().equals(TRACE)).toList();
  }

  private static List<String> relayed(List<Taken> spans) {
    return spans.stream()
        .filter(span -> span.name().equals("relay"))
        .map(span -> span.of("berth.event.type").replaceFirst("dev.berth.tenant.", ""))
        .toList();
  }

  private static boolean isALaterLook(Taken span) {
    return span.name().equals("claim") && span.links().contains(TRACE);
  }

  private static Taken named(List<Taken> spans, String name) {
    return spans.stream().filter(span -> span.name().equals(name)).findFirst().orElseThrow();
  }
}
