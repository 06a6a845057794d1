package dev.berth.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The lines of an answer that goes on, for one thread that takes them, and that waits for each no
 * longer than it wants to. What is not taken is not asked for.
 */
final class Lines implements AutoCloseable {

  private final Incoming incoming;
  private final AsyncBody body;

  private Lines(Incoming incoming, AsyncBody body) {
    this.incoming = incoming;
    this.body = body;
    body.done().whenComplete((end, failure) -> incoming.add(new Arrival(null, failure)));
  }

  /**
   * @param patience until the answer begins
   * @throws IOException if it does not, or is no success
   */
  static Lines of(HttpClient http, HttpRequest request, Duration patience)
      throws IOException, InterruptedException {
    Incoming incoming = new Incoming();
    CompletableFuture<HttpResponse<AsyncBody>> sent = http.consumeBytes(request, incoming);
    try {
      HttpResponse<AsyncBody> response = sent.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (!response.isSuccessful()) {
        response.body().cancel();
        throw new IOException("answer " + response.code() + " to " + request.uri());
      }
      return new Lines(incoming, response.body());
    } catch (TimeoutException e) {
      throw new IOException("nothing came back within " + patience, e);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } finally {
      sent.cancel(true);
    }
  }

  /**
   * The next line; null = the other side has ended them.
   *
   * @throws IOException if they broke, or if none came within {@code patience}
   */
  @Nullable String next(Duration patience) throws IOException, InterruptedException {
    if (incoming.arrivals.isEmpty()) {
      body.consume();
    }
    Arrival arrival = incoming.arrivals.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (arrival == null) {
      throw new IOException("not a word within " + patience);
    }
    if (arrival.failure() != null) {
      throw new IOException(arrival.failure());
    }
    return arrival.line();
  }

  @Override
  public void close() {
    body.cancel();
  }

  /** A line, or the end with its cause. */
  private record Arrival(@Nullable String line, @Nullable Throwable failure) {}

  /** Bytes to lines, in the thread of the connection. */
  private static final class Incoming implements AsyncBody.Consumer<List<ByteBuffer>> {

    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();

    @Override
    public void consume(List<ByteBuffer> buffers, AsyncBody body) {
      boolean complete = false;
      for (ByteBuffer buffer : buffers) {
        while (buffer.hasRemaining()) {
          complete |= take(buffer.get());
        }
      }
      if (!complete) {
        body.consume();
      }
    }

    private boolean take(byte next) {
      if (next != '\n') {
        unfinished.write(next);
        return false;
      }
      add(new Arrival(unfinished.toString(StandardCharsets.UTF_8), null));
      unfinished.reset();
      return true;
    }

    void add(Arrival arrival) {
      arrivals.add(arrival);
    }
  }
}
