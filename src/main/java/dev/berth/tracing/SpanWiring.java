package dev.berth.tracing;

import io.opentelemetry.sdk.trace.SdkTracerProvider;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Nothing of OpenTelemetry's SDK is loaded, and no thread begins, unless a collector is named. */
@Singleton
class SpanWiring {

  private @Nullable SdkTracerProvider provider;

  @Produces
  @Singleton
  Spans spans(
      TracingConfig config,
      @ConfigProperty(name = "berth.cluster", defaultValue = "local") String cluster,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    if (config.endpoint().isEmpty()) {
      return Spans.NONE;
    }
    provider =
        SpanExport.to(
            config.endpoint().get(),
            Map.of(
                "service.name",
                "berth",
                "service.version",
                version,
                "service.instance.id",
                instance(),
                "k8s.cluster.name",
                cluster));
    return new Spans(provider);
  }

  /** In a cluster the name of the pod. */
  private static String instance() {
    String host = Objects.requireNonNullElse(System.getenv("HOSTNAME"), "berth");
    return host + "-" + ProcessHandle.current().pid();
  }

  void end(@Disposes Spans spans) {
    if (provider != null) {
      SpanExport.end(provider);
    }
  }
}
