package dev.berth.containers;

import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Capability;
import dev.berth.local.run.BerthApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.testcontainers.containers.GenericContainer;

/** Berth's image, held as tightly as the pod of {@code k8s/deployment}. */
final class BerthContainer implements AutoCloseable {
  static final long MEMORY = 512L << 20;
  static final long PROCESSES = 200;
  static final String USER = "10185:10185";
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Duration GRACE = Duration.ofSeconds(120);

  private final GenericContainer<?> container;
  private final BerthApi api;

  /**
   * @param mounts by their places in the container
   */
  BerthContainer(
      Map<String, String> environment, Map<String, Path> mounts, int port, int managementPort) {
    api = new BerthApi("http://127.0.0.1:" + port, "http://127.0.0.1:" + managementPort);
    container =
        Containers.of(BerthImage.name(), environment)
            // Kafka's compression unpacks its libraries there.
            .withTmpFs(Map.of("/tmp", "rw,exec,nosuid,size=64m,mode=1777"))
            .withCreateContainerCmdModifier(create -> harden(create, mounts));
  }

  private static void harden(CreateContainerCmd create, Map<String, Path> mounts) {
    Containers.mount(create, mounts)
        .withReadonlyRootfs(true)
        .withCapDrop(Capability.ALL)
        .withSecurityOpts(List.of("no-new-privileges"))
        .withMemory(MEMORY)
        .withMemorySwap(MEMORY)
        .withPidsLimit(PROCESSES);
    create.withUser(USER);
  }

  /** Returns at once. */
  BerthContainer start() {
    container.start();
    return this;
  }

  boolean isReady() {
    return api.isReady();
  }

  BerthContainer awaitReady() {
    await("Berth is ready")
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50))
        .failFast(this::tellIfEnded)
        .until(api::isReady);
    return this;
  }

  private void tellIfEnded() {
    if (!container.isRunning()) {
      throw new IllegalStateException("Berth has ended: " + log());
    }
  }

  /** As Kubernetes ends a pod; says with which code it ended. */
  long end() {
    Containers.docker()
        .stopContainerCmd(container.getContainerId())
        .withTimeout((int) GRACE.toSeconds())
        .exec();
    return Objects.requireNonNull(inspect().getState().getExitCodeLong());
  }

  void startAgain() {
    Containers.startAgain(container);
  }

  String log() {
    return container.getLogs();
  }

  InspectContainerResponse inspect() {
    return Containers.docker().inspectContainerCmd(container.getContainerId()).exec();
  }

  /** A line of the kernel's own words about its process, as {@code VmRSS}. */
  String kernel(String key) {
    return proc("status")
        .lines()
        .filter(line -> line.startsWith(key + ":"))
        .map(line -> line.substring(key.length() + 1).strip())
        .findFirst()
        .orElseThrow();
  }

  /** A file that the kernel keeps about its process. */
  String proc(String file) {
    try {
      return Files.readString(Path.of("/proc", inspect().getState().getPidLong().toString(), file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    container.close();
  }
}
