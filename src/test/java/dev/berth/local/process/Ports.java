package dev.berth.local.process;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Gives each listener of a part the port it had before, or another free one where that is taken.
 */
public final class Ports {
  // Below the range that systems use for outgoing connections, which come and go while a part
  // starts.
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;

  /**
   * Test JVMs side by side look for ports in ranges of their own: a free one may be about to be
   * used.
   */
  private static final int RANGES = 4;

  private static final int RANGE = (HIGHEST - LOWEST) / RANGES;
  private static final int FIRST = LOWEST + Fork.NUMBER % RANGES * RANGE;

  private static final Set<Integer> GIVEN_OUT = ConcurrentHashMap.newKeySet();

  private final Path dir;

  private Ports(Path dir) {
    this.dir = dir;
  }

  public static Ports rememberedIn(Path dir) {
    return new Ports(dir);
  }

  public int of(String listener) {
    Path file = dir.resolve(listener + ".port");
    int remembered = Texts.read(file).map(Ports::number).orElse(0);
    if (remembered > 0 && becomesFree(remembered)) {
      GIVEN_OUT.add(remembered);
      return remembered;
    }
    int port = another();
    Texts.write(file, Integer.toString(port));
    return port;
  }

  /** A program that was killed a moment ago still holds its port until the system has buried it. */
  private static boolean becomesFree(int port) {
    try {
      await()
          .atMost(Duration.ofSeconds(5))
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(50))
          .until(() -> isFree(port));
      return true;
    } catch (ConditionTimeoutException heldByAnother) {
      return false;
    }
  }

  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  /**
   * Whether a program takes connections there. It is asked, and not found out by {@link #isFree},
   * which holds the port for a moment, just when the program may want it.
   */
  public static boolean isServed(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** One that nobody is given by chance, as long as this process runs. */
  public static int another() {
    return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(FIRST, FIRST + RANGE))
        .limit(1_000)
        .filter(port -> isFree(port) && GIVEN_OUT.add(port))
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException(
                "No free port on 127.0.0.1 between %d and %d. End what holds them (ss -ltnp), then start again."
                    .formatted(FIRST, FIRST + RANGE)));
  }

  private static int number(String text) {
    return text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
  }
}
