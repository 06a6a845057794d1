package dev.berth.operations;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Which build runs, and how fast its API answers. */
@Singleton
class ServiceMetrics {

  private static final String REQUESTS = "http.server.requests";
  private static final double[] BOUNDS = {
    nanos(Duration.ofMillis(50)), nanos(Duration.ofMillis(300)), nanos(Duration.ofSeconds(1))
  };

  /** The bound of the objective is among those of the histogram. */
  @Produces
  @Singleton
  MeterFilter latencies() {
    return new MeterFilter() {
      @Override
      public DistributionStatisticConfig configure(
          Meter.Id id, DistributionStatisticConfig config) {
        return id.getName().equals(REQUESTS)
            ? DistributionStatisticConfig.builder()
                .serviceLevelObjectives(BOUNDS)
                .build()
                .merge(config)
            : config;
      }
    };
  }

  /**
   * A call that is refused before its template is known has its path as {@code uri}. Whoever calls
   * decides what that is, and only so many are counted: such calls are counted together.
   */
  @Produces
  @Singleton
  MeterFilter templatesAlone() {
    return new MeterFilter() {
      @Override
      public Meter.Id map(Meter.Id id) {
        String uri = id.getTag("uri");
        return uri == null
                || !id.getName().equals(REQUESTS)
                || !uri.startsWith("/")
                || uri.contains("{")
                || "SUCCESS".equals(id.getTag("outcome"))
            ? id
            : id.replaceTags(
                Tags.concat(id.getTags(), "uri", uri.startsWith("/api/") ? "/api/*" : "/*"));
      }
    };
  }

  void onStart(
      @Observes StartupEvent start,
      MeterRegistry registry,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    Gauge.builder("berth.build.info", () -> 1)
        .description("Which build runs")
        .tag("version", version)
        .tag("java", System.getProperty("java.version", ""))
        .strongReference(true)
        .register(registry);
  }

  private static double nanos(Duration bound) {
    return bound.toNanos();
  }
}
