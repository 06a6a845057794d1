package dev.berth.console.stage;

import dev.berth.api.stage.Caller;
import dev.berth.event.Records;
import dev.berth.provisioning.intake.Intake;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/** Records that are not taken, and the forms that decide about them. */
public final class Letterbox {

  private static final AtomicLong OFFSET = new AtomicLong(800_000);

  private Letterbox() {}

  /** A record of that type, which is none, or whose data are none. */
  public static void refused(Intake intake, String tenant, String type) {
    intake.take(
        Records.of(tenant, Records.CREATED, "{}")
            .set("ce_id", UUID.randomUUID().toString())
            .set("ce_type", "dev.berth.tenant." + type)
            .rawAt(OFFSET.incrementAndGet()));
  }

  /** The form of a page as its browser sends it, with the key that the page has. */
  public static RequestSpecification form(String role, String page, String reason) {
    String key =
        Pattern.compile("name=\"key\" value=\"([^\"]+?)(-replay)?\"")
            .matcher(page)
            .results()
            .findFirst()
            .orElseThrow()
            .group(1);
    return sent(role, "same-origin").formParam("key", key).formParam("reason", reason);
  }

  /** A form without fields. */
  public static RequestSpecification sent(String role, String site) {
    return Caller.of(role)
        .accept("text/html")
        .urlEncodingEnabled(true)
        .contentType("application/x-www-form-urlencoded; charset=UTF-8")
        .redirects()
        .follow(false)
        .header("Sec-Fetch-Site", site);
  }
}
