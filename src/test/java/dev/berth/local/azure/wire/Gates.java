package dev.berth.local.azure.wire;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** What every call passes before it is served: its token, its api-version, its bucket. */
public final class Gates {
  private final Identity identity;
  private final Throttle throttle;
  private final Script script = new Script();
  private volatile Course usualCourse = Course.of(Duration.ofMinutes(3));

  public Gates(Clock clock, Identity identity) {
    this.identity = identity;
    this.throttle = new Throttle(clock);
  }

  public Script script() {
    return script;
  }

  public void operationsTake(Duration time) {
    usualCourse = usualCourse.taking(time);
  }

  public void withoutThrottling() {
    throttle.turnOff();
  }

  public void drain(Call call, String path) {
    throttle.drain(call, path);
  }

  void letPass(Call call, Request request) {
    if (call != Call.TOKEN) {
      identity.check(request);
      checkVersion(call, request.parameter("api-version").orElse(""));
      throttle.take(call, request.path());
    }
  }

  List<Mishap> mishaps(Call call, String path) {
    return script.take(call, path);
  }

  Course usualCourse() {
    return usualCourse;
  }

  /** Operations are on a version of their own, and each client of Compute has another one. */
  private static void checkVersion(Call call, String version) {
    String expected =
        switch (call) {
          case GET_OPERATION, GET_RESULT -> "2025-03-01";
          case LIST_SKUS, LIST_USAGES -> "20\\d\\d-\\d\\d-\\d\\d";
          case TOKEN, OTHER -> ".*";
          case GET_CLUSTER, PUT_CLUSTER, GET_POOL, PUT_POOL, DELETE_POOL, LIST_POOLS ->
              "2025-09-01";
        };
    if (version.isEmpty()) {
      throw Refusal.ofArm(
          400,
          "MissingApiVersionParameter",
          "The api-version query parameter (?api-version=) is required for all requests.");
    }
    if (!version.matches(expected)) {
      throw Refusal.ofArm(
          400,
          "NoRegisteredProviderFound",
          "No registered resource provider found for API version '%s'.".formatted(version));
    }
  }
}
