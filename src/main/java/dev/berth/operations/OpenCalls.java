package dev.berth.operations;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.quarkus.micrometer.runtime.HttpServerMetricsTagsContributor;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;

/**
 * Leaves calls that are kept open on purpose out of the times of the API: waits and streams say
 * nothing about how fast it answers, and its objective would be missed by them.
 */
@Singleton
class OpenCalls implements HttpServerMetricsTagsContributor {

  private static final String TAG = "open";
  private static final Pattern STREAM = Pattern.compile("/api/v1/(tenants/[^/]+/)?events");

  @Override
  public Tags contribute(Context call) {
    return isKeptOpen(call.request()) ? Tags.of(TAG, "true") : Tags.empty();
  }

  private static boolean isKeptOpen(HttpServerRequest request) {
    String path = request.path();
    String query = request.query();
    return (path != null && STREAM.matcher(path).matches())
        || (query != null && query.contains("waitFor="));
  }

  @Produces
  @Singleton
  MeterFilter withoutThem() {
    return new MeterFilter() {
      @Override
      public MeterFilterReply accept(Meter.Id id) {
        return id.getName().equals("http.server.requests") && id.getTag(TAG) != null
            ? MeterFilterReply.DENY
            : MeterFilterReply.NEUTRAL;
      }
    };
  }
}
