package dev.berth.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.event.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response.Status;
import java.util.Arrays;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/**
 * Gives every document that is read an entity tag, and does not send again what the caller has. The
 * tag is weak, as packed and plain answers share it. A resource that sets a tag of its own, such as
 * the state of a tenant, finds it at the beginning of the one that is sent.
 */
@ApplicationScoped
class EntityTags {

  private static final Set<String> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);
  private static final int DIGITS = 16;

  private final ObjectMapper json;

  EntityTags(ObjectMapper json) {
    this.json = json;
  }

  @ServerResponseFilter
  void tag(ContainerRequestContext request, ContainerResponseContext response) {
    if (!isDocument(request, response)) {
      return;
    }
    String body = written(response.getEntity());
    MultivaluedMap<String, Object> headers = response.getHeaders();
    String tag = tag(headers.getFirst(HttpHeaders.ETAG), body);
    headers.putSingle(HttpHeaders.ETAG, "W/" + tag);
    headers.putSingle(HttpHeaders.CACHE_CONTROL, "no-cache");
    headers.putSingle(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    boolean had = isAmong(request.getHeaderString(HttpHeaders.IF_NONE_MATCH), tag);
    if (had) {
      response.setStatus(Status.NOT_MODIFIED.getStatusCode());
    }
    response.setEntity(had ? null : body);
  }

  private static boolean isDocument(
      ContainerRequestContext request, ContainerResponseContext response) {
    return READING.contains(request.getMethod())
        && response.getStatus() == Status.OK.getStatusCode()
        && MediaType.APPLICATION_JSON_TYPE.isCompatible(response.getMediaType())
        && response.hasEntity();
  }

  private static String tag(@Nullable Object state, String body) {
    String digest = Sha256.of(body.getBytes(UTF_8)).substring(0, DIGITS);
    return state == null ? "\"" + digest + '"' : "\"" + state + '-' + digest + '"';
  }

  private static boolean isAmong(@Nullable String ifNoneMatch, String tag) {
    return ifNoneMatch != null
        && Arrays.stream(ifNoneMatch.split(","))
            .map(String::strip)
            .anyMatch(each -> each.equals("*") || each.replaceFirst("^W/", "").equals(tag));
  }

  private String written(Object document) {
    try {
      return json.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a document of plain values could not be written", e);
    }
  }
}
