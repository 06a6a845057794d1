package dev.berth.api.document;

import static java.util.stream.Collectors.toCollection;

import dev.berth.api.problem.Problem;
import dev.berth.tenant.condition.Reason;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The methods that each path of the API takes, as its document says: every other one is refused
 * before a resource is looked for. The framework only knows the methods of a whole resource, and
 * finds {@code /quarantine/{id}} for a GET of {@code /quarantine/replays}.
 */
@Singleton
class AllowedMethods {

  private record DocumentedPath(Pattern path, int variables, Set<String> methods) {}

  private static final String DOCUMENT = "/META-INF/openapi.yaml";
  private static final Pattern VARIABLE = Pattern.compile("\\{[^}]+}");

  private @Nullable List<DocumentedPath> documented;

  @ServerRequestFilter(preMatching = true)
  @Nullable Response check(ContainerRequestContext call) {
    String path = call.getUriInfo().getRequestUri().getRawPath().replaceAll("/+", "/");
    if (!path.startsWith("/api/")) {
      return null;
    }
    Set<String> allowed = of(path).orElseThrow(NotFoundException::new);
    if (!allowed.contains(call.getMethod())) {
      return refused(allowed, call);
    }
    return call.getMethod().equals(HttpMethod.OPTIONS)
        ? Response.ok().header(HttpHeaders.ALLOW, String.join(", ", allowed)).build()
        : null;
  }

  private static Response refused(Set<String> allowed, ContainerRequestContext call) {
    String methods = String.join(", ", allowed);
    String detail =
        "Use %s: tenants change by events on Kafka, and by POST to their actions."
            .formatted(methods);
    Response problem =
        Problem.answer(
            Status.METHOD_NOT_ALLOWED,
            Reason.MethodNotAllowed,
            detail,
            List.of(),
            call.getUriInfo());
    return Response.fromResponse(problem).header(HttpHeaders.ALLOW, methods).build();
  }

  /** Empty = the path is not part of the API. */
  private Optional<Set<String>> of(String path) {
    return documented().stream()
        .filter(it -> it.path().matcher(path).matches())
        .min(Comparator.comparingInt(DocumentedPath::variables))
        .map(DocumentedPath::methods);
  }

  /** Read with the first call, so that a start does not wait for it. */
  private synchronized List<DocumentedPath> documented() {
    if (documented == null) {
      try (InputStream document = AllowedMethods.class.getResourceAsStream(DOCUMENT)) {
        documented = read(document);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return documented;
  }

  private static List<DocumentedPath> read(@Nullable InputStream document) {
    if (document == null) {
      throw new IllegalStateException(DOCUMENT + " is not in the jar");
    }
    Object all = new Load(LoadSettings.builder().build()).loadFromInputStream(document);
    return members(members(all).get("paths")).entrySet().stream()
        .map(it -> one(it.getKey().toString(), members(it.getValue()).keySet()))
        .toList();
  }

  private static Map<?, ?> members(@Nullable Object object) {
    return object instanceof Map<?, ?> map ? map : Map.of();
  }

  private static DocumentedPath one(String template, Set<?> operations) {
    String path = VARIABLE.matcher(template).replaceAll("[^/]+");
    Set<String> methods =
        operations.stream()
            .map(it -> it.toString().toUpperCase(Locale.ROOT))
            .collect(toCollection(TreeSet::new));
    methods.add(HttpMethod.OPTIONS);
    if (methods.contains(HttpMethod.GET)) {
      methods.add(HttpMethod.HEAD);
    }
    return new DocumentedPath(
        Pattern.compile(path + "/?"), (int) VARIABLE.matcher(template).results().count(), methods);
  }
}
