package dev.berth.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import dev.berth.delivery.Traffic;
import dev.berth.delivery.evidence.Arrivals;
import dev.berth.delivery.evidence.Verification;
import dev.berth.local.process.Progress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What the image can do with no rights at all and little memory: all of its work. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HardenedIT {
  /** Of the Deployment's startup probe; how fast it is on a quiet machine the line above tells. */
  private static final Duration STARTUP = Duration.ofMinutes(2);

  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final long MOST_MEGABYTES = 300;
  private static final int STARTS = 3;
  private static final int TENANTS = 1_000;
  private static final int KILLED_BY_SIGTERM = 128 + 15;

  private static final Arrivals ARRIVALS = new Arrivals(new Random(3));
  private static ContainerStage stage;
  private static BerthContainer berth;

  @BeforeAll
  static void itRuns() {
    stage = new ContainerStage("hardened");
    berth = stage.berth(Map.of());
    berth.start().awaitReady(); // the first start also makes the tables
  }

  @AfterAll
  static void endThem() throws Exception {
    if (stage != null) {
      stage.close();
    }
  }

  @Test
  @Order(1)
  void itIsReadySoon() {
    List<Duration> starts = Stream.generate(HardenedIT::start).limit(STARTS).toList();
    Progress.toConsole().say("hardened: ready after " + starts);
    // The shortest one: what the machine does besides only makes it longer.
    assertThat(Collections.min(starts)).as("what its startup probe allows").isLessThan(STARTUP);
  }

  private static Duration start() {
    assertThat(berth.end()).as("ended in its grace time").isEqualTo(KILLED_BY_SIGTERM);
    long began = System.nanoTime();
    berth.startAgain();
    berth.awaitReady();
    return Duration.ofNanos(System.nanoTime() - began);
  }

  @Test
  @Order(2)
  void itMayDoNothingThatAPodMayNot() {
    HostConfig host = berth.inspect().getHostConfig();
    assertThat(host.getReadonlyRootfs()).isTrue();
    assertThat(host.getCapDrop()).containsExactly(Capability.ALL);
    assertThat(host.getMemory()).isEqualTo(BerthContainer.MEMORY);
    assertThat(host.getPidsLimit()).isEqualTo(BerthContainer.PROCESSES);

    assertThat(berth.kernel("Uid")).startsWith("10185");
    assertThat(berth.kernel("CapBnd")).as("capabilities").isEqualTo("0000000000000000");
    assertThat(berth.kernel("CapEff")).as("capabilities").isEqualTo("0000000000000000");
    assertThat(berth.kernel("NoNewPrivs")).isEqualTo("1");
    assertThat(berth.kernel("Seccomp")).as("2 is a filter").isEqualTo("2");
    assertThat(berth.proc("mounts").lines().filter(line -> line.split(" ")[1].equals("/")))
        .as("the root file system")
        .allMatch(line -> line.split(" ")[3].startsWith("ro,"));
    assertThat(berth.proc("cmdline")).as("its first process").startsWith("java\0");
  }

  @Test
  @Order(3)
  void itEndsInItsGraceTimeAndLosesNothingThatItHadNotAcknowledged() throws Exception {
    try (Traffic traffic = new Traffic(stage.kafka(), ARRIVALS)) {
      traffic.go(60);
      await("some of them have arrived").atMost(PATIENCE).until(() -> ARRIVALS.count() > 20);
      long began = System.nanoTime();
      assertThat(berth.end()).as("not killed").isEqualTo(KILLED_BY_SIGTERM);
      Progress.toConsole()
          .say(
              "hardened: ended by SIGTERM under load after %d ms"
                  .formatted(Duration.ofNanos(System.nanoTime() - began).toMillis()));
      traffic.awaitEnd();
    }
    berth.startAgain();
    berth.awaitReady();

    stage.onceAtRest(ARRIVALS).check();
  }

  @Test
  @Order(4)
  void aThousandTenantsNeedLittleMemory() throws Exception {
    long began = System.nanoTime();
    stage.sendAtOnce(ARRIVALS, TENANTS - ARRIVALS.count());

    Verification verification = stage.onceAtRest(ARRIVALS);
    Progress.toConsole()
        .say(
            "hardened: %d MB resident of its own, %d MB with files; %s threads; after %d s %s"
                .formatted(
                    megabytes("RssAnon"),
                    megabytes("VmRSS"),
                    berth.kernel("Threads"),
                    Duration.ofNanos(System.nanoTime() - began).toSeconds(),
                    verification.summary()));
    // What a kubelet calls RSS; pages of files can be dropped at any time.
    assertThat(megabytes("RssAnon")).isLessThan(MOST_MEGABYTES);
    verification.check();
  }

  private static long megabytes(String key) {
    return Long.parseLong(berth.kernel(key).split(" ")[0]) >> 10;
  }
}
