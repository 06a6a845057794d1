package dev.berth.api.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A reader of server-sent events. */
public final class EventStream implements AutoCloseable {

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final HttpResponse<InputStream> answer;

  private EventStream(String path, Map<String, String> headers)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
            .header("Authorization", "Bearer " + Tokens.viewer());
    headers.forEach(request::header);
    this.answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    Thread.startVirtualThread(this::read);
  }

  public static EventStream open(String path, Map<String, String> headers) {
    try {
      return new EventStream(path, headers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void read() {
    try (var reader =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      reader.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      lines.add("closed");
    }
  }

  /** Until so many events were read. */
  public void await(int events) {
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(data()).as("%s", lines).hasSizeGreaterThanOrEqualTo(events));
  }

  /** Until the first word, which is a comment. */
  public void awaitOpen() {
    Awaitility.await().until(() -> lines.stream().anyMatch(it -> it.startsWith(":")));
  }

  public Optional<String> header(String name) {
    return answer.headers().firstValue(name);
  }

  public List<String> names() {
    return all("event:").toList();
  }

  public List<String> ids() {
    return all("id:").toList();
  }

  public List<String> data() {
    return all("data:").toList();
  }

  private Stream<String> all(String field) {
    return lines.stream()
        .filter(line -> line.startsWith(field))
        .map(line -> line.substring(field.length()).strip());
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
