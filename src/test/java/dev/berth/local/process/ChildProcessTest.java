package dev.berth.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.local.run.RunFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
  private static final List<String> SLEEPER = List.of("/bin/sleep", "1000");

  @TempDir Path dir;

  @Test
  void endsWithTheJvmThatStartedItEvenIfThatIsKilled() throws Exception {
    // Given: another JVM that starts a child and waits
    Process jvm =
        new ProcessBuilder(
                RunFolder.java(),
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName(),
                dir.toString())
            .start();
    await().until(() -> recorded().isPresent());
    ProcessHandle child = recorded().orElseThrow();
    assertThat(child.isAlive()).isTrue();

    // When
    jvm.destroyForcibly().waitFor();

    // Then
    await().until(() -> !child.isAlive());
  }

  @Test
  void aLeftOverIsEndedBeforeTheNextOneStarts() {
    ChildProcess first = ChildProcess.start("sleeper", dir, SLEEPER, Map.of());
    ProcessHandle handle = ProcessHandle.of(first.pid()).orElseThrow();
    await() // until setsid has become sleep
        .until(() -> Identity.of(handle, "/bin/sleep").running().isPresent());

    try (ChildProcess second = ChildProcess.start("sleeper", dir, SLEEPER, Map.of())) {
      await().until(() -> !first.isAlive());
      assertThat(second.isAlive()).isTrue();
    }
  }

  @Test
  void aStrangerWithARecordedPidIsLeftAlone() {
    try (ChildProcess stranger = ChildProcess.start("stranger", dir, SLEEPER, Map.of())) {
      ProcessHandle handle = ProcessHandle.of(stranger.pid()).orElseThrow();
      Instant longAgo = handle.info().startInstant().orElseThrow().minus(Duration.ofHours(1));

      assertThat(new Identity(stranger.pid(), longAgo, "/bin/sleep").running()).isEmpty();
      assertThat(Identity.of(handle, "/usr/bin/etcd").running()).isEmpty();
      await() // until setsid has become sleep
          .untilAsserted(
              () -> assertThat(Identity.of(handle, "/bin/sleep").running()).contains(handle));
    }
  }

  @Test
  void oneThatEndsByItselfTellsItsLastWords() {
    try (ChildProcess child =
        ChildProcess.start(
            "mortal", dir, List.of("/bin/sh", "-c", "echo farewell; exit 3"), Map.of())) {
      await().until(() -> child.obituary().isPresent());

      assertThat(child.obituary()).get().asString().contains("ended with code 3", "farewell");
    }
  }

  private Optional<ProcessHandle> recorded() {
    return Texts.read(dir.resolve("sleeper.pid"))
        .flatMap(Identity::parse)
        .flatMap(Identity::running);
  }

  /** The main class of the JVM that is killed. */
  static final class Parent {
    public static void main(String[] args) throws Exception {
      ChildProcess.start("sleeper", Path.of(args[0]), SLEEPER, Map.of());
      Thread.currentThread().join();
    }
  }
}
