package dev.berth.local.azure.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.azure.FakeAzure;
import dev.berth.local.process.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.function.Consumer;

/** A client that knows nothing but HTTP. */
final class Wire {
  static final String KATA_POOL =
      """
      {"properties":{"count":1,"vmSize":"Standard_D4s_v3","workloadRuntime":"KataVmIsolation","osType":"Linux",
       "osSKU":"AzureLinux","type":"VirtualMachineScaleSets","mode":"User","nodeLabels":{},"nodeTaints":[]}}
      """;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(Patience.LONG).build();

  private final FakeAzure azure;
  private String token;

  Wire(FakeAzure azure) {
    this.azure = azure;
    this.token = azure.identity().issue();
  }

  /** What came back. */
  record Reply(HttpResponse<String> response) {
    int status() {
      return response.statusCode();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    JsonNode body() {
      try {
        return response.body().isEmpty()
            ? MissingNode.getInstance()
            : JSON.readTree(response.body());
      } catch (JsonProcessingException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** A member of the body, by JSON pointer. */
    String text(String pointer) {
      return body().at(pointer).asText();
    }

    /** Flat or wrapped. */
    String code() {
      return body().has("error") ? text("/error/code") : text("/code");
    }
  }

  void holds(String otherToken) {
    token = otherToken;
  }

  Reply get(String url) {
    return send(to(url));
  }

  Reply getPool(String pool) {
    return get(versioned(azure.poolUrl(pool)));
  }

  Reply put(String url, String body, String... headers) {
    HttpRequest.Builder request =
        to(url).PUT(BodyPublishers.ofString(body)).header("content-type", "application/json");
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  Reply putPool(String pool, String body, String... headers) {
    return put(versioned(azure.poolUrl(pool)), body, headers);
  }

  /** The Kata pool of the wire body above, with something changed. */
  Reply putPool(String pool, Consumer<ObjectNode> change) {
    return putPool(pool, changed(change));
  }

  Reply deletePool(String pool, String... headers) {
    HttpRequest.Builder request = to(versioned(azure.poolUrl(pool))).DELETE();
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  static String changed(Consumer<ObjectNode> change) {
    try {
      ObjectNode body = (ObjectNode) JSON.readTree(KATA_POOL);
      change.accept((ObjectNode) body.path("properties"));
      return body.toString();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String versioned(String url) {
    return url + "?api-version=2025-09-01";
  }

  HttpRequest.Builder to(String url) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(Patience.LONG);
    return token.isEmpty() ? request : request.header("AUTHORIZATION", "Bearer " + token);
  }

  Reply send(HttpRequest.Builder request) {
    try {
      return new Reply(CLIENT.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
