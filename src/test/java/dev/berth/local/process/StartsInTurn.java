package dev.berth.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.LauncherDiscoveryListener;
import org.junit.platform.launcher.LauncherDiscoveryRequest;

/**
 * Lets one test JVM at a time find its tests. Quarkus prepares the application meanwhile, by way of
 * {@code test-classes.idx}, which it writes and then reads: two at once read half a file.
 */
public final class StartsInTurn implements LauncherDiscoveryListener {

  private static final Path TURN = Path.of("target", "test-classes.turn");

  private @Nullable FileLock turn;

  /** Where there is no build directory there is nobody else. */
  @Override
  public void launcherDiscoveryStarted(LauncherDiscoveryRequest request) {
    if (turn == null && TURN.getParent().toFile().isDirectory()) {
      try {
        turn = FileChannel.open(TURN, StandardOpenOption.CREATE, StandardOpenOption.WRITE).lock();
      } catch (IOException e) {
        throw new UncheckedIOException("no turn to find tests: " + TURN.toAbsolutePath(), e);
      }
    }
  }

  @Override
  public void launcherDiscoveryFinished(LauncherDiscoveryRequest request) {
    if (turn != null) {
      try {
        turn.channel().close();
      } catch (IOException e) {
        throw new UncheckedIOException("the turn stays taken: " + TURN.toAbsolutePath(), e);
      }
      turn = null;
    }
  }
}
