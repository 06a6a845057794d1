package dev.berth.azure;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.Objects;

/** Reads for which there is no client, or one that makes too much of the answer. */
final class PlainReads {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FIRST_FAULT = 400;

  private final HttpPipeline pipeline;

  PlainReads(HttpPipeline pipeline) {
    this.pipeline = pipeline;
  }

  /** An answer that is no refusal. */
  record Told(JsonNode body, HttpHeaders headers) {}

  /**
   * @param url is taken as it is, and stands in no message
   */
  Told get(String url) {
    HttpResponse answer =
        Objects.requireNonNull(pipeline.send(new HttpRequest(HttpMethod.GET, url)).block());
    JsonNode body = json(Objects.requireNonNullElse(answer.getBodyAsString().block(), ""));
    if (answer.getStatusCode() >= FIRST_FAULT) {
      throw new HttpResponseException("refused", answer, ErrorBody.parse(body));
    }
    return new Told(body, answer.getHeaders());
  }

  /** Missing = it is none, as what stands between here and the provider answers. */
  private static JsonNode json(String body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }
}
