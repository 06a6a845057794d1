package dev.berth.console;

import io.quarkus.qute.TemplateExtension;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as pages write them. How long ago that is, a browser works out. */
@TemplateExtension
final class Moments {

  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

  private Moments() {}

  static String utc(Instant time) {
    return UTC.format(time);
  }
}
