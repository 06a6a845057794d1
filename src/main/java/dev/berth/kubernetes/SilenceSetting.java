package dev.berth.kubernetes;

import io.quarkus.runtime.configuration.DurationConverter;
import java.time.Duration;
import org.eclipse.microprofile.config.spi.Converter;

/** A setting that says how long nothing may be heard of a watch. */
public final class SilenceSetting implements Converter<Duration> {

  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofMinutes(10);

  @Override
  public Duration convert(String text) {
    Duration silence = DurationConverter.parseDuration(text);
    if (silence == null || silence.compareTo(LEAST) < 0 || silence.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          text + " is not between 1s and 10m; the API server speaks about once a minute");
    }
    return silence;
  }
}
