package dev.berth.local.process;

import io.quarkus.test.junit.callback.QuarkusTestBeforeClassCallback;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherDiscoveryListener;
import org.junit.platform.launcher.LauncherDiscoveryRequest;

/**
 * How long tests wait for what must come, where they do not say it. Long, as a machine that others
 * use too stands still for seconds, and as it costs nothing where all is well.
 */
public final class Patience implements LauncherDiscoveryListener, QuarkusTestBeforeClassCallback {

  public static final Duration LONG = Duration.ofMinutes(1);

  @Override
  public void launcherDiscoveryStarted(LauncherDiscoveryRequest request) {
    Awaitility.setDefaultTimeout(LONG);
  }

  /** Each application has classes of its own, also those of the tests and their libraries. */
  @Override
  public void beforeClass(Class<?> testClass) {
    Awaitility.setDefaultTimeout(LONG);
  }
}
