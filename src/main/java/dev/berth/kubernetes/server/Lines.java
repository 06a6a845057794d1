package dev.berth.kubernetes.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The lines of an answer that goes on, for one thread that takes them, and that waits for each no
 * longer than it wants to. What is not taken is not asked for.
 */
final class Lines implements AutoCloseable {

  private final BlockingQueue<Chunk> arrivals = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
  private Runnable more = () -> {};
  private Runnable cancel = () -> {};

  /** Nothing came for so long that the other side may be gone. */
  static final class SilenceException extends IOException {

    private static final long serialVersionUID = 1L;

    private SilenceException(Duration patience) {
      super("nothing received within " + patience);
    }
  }

  /** A line, or the end with its cause. */
  private record Chunk(@Nullable String line, @Nullable Throwable failure) {}

  /**
   * The answer has begun.
   *
   * @param more asks for some of it
   * @param cancel ends it
   */
  void begin(Runnable more, Runnable cancel) {
    this.more = more;
    this.cancel = cancel;
  }

  /** Bytes have arrived, in the thread of the connection. False if no line is complete yet. */
  boolean take(List<ByteBuffer> buffers) {
    boolean complete = false;
    for (ByteBuffer buffer : buffers) {
      while (buffer.hasRemaining()) {
        complete |= take(buffer.get());
      }
    }
    return complete;
  }

  private boolean take(byte next) {
    if (next != '\n') {
      unfinished.write(next);
      return false;
    }
    arrivals.add(new Chunk(unfinished.toString(StandardCharsets.UTF_8), null));
    unfinished.reset();
    return true;
  }

  void end(@Nullable Throwable failure) {
    arrivals.add(new Chunk(null, failure));
  }

  /**
   * The next line; null = the other side has ended them.
   *
   * @throws SilenceException if none came within {@code patience}
   * @throws IOException if they broke
   */
  @Nullable String next(Duration patience) throws IOException, InterruptedException {
    if (arrivals.isEmpty()) {
      more.run();
    }
    Chunk arrival = arrivals.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (arrival == null) {
      throw new SilenceException(patience);
    }
    if (arrival.failure() != null) {
      throw new IOException(arrival.failure());
    }
    return arrival.line();
  }

  @Override
  public void close() {
    cancel.run();
  }
}
