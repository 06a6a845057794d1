package dev.berth.operations;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
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
        return id.getName().equals("http.server.requests")
            ? DistributionStatisticConfig.builder()
                .serviceLevelObjectives(BOUNDS)
                .build()
                .merge(config)
            : config;
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
