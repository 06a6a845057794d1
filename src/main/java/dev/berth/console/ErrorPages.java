package dev.berth.console;

import dev.berth.api.problem.Problem;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** A person who reads a page gets a problem of the API as a page, with the same words. */
class ErrorPages {

  private static final String NO_LOGIN =
      "The console asks people to sign in, and nobody told Berth where: set quarkus.oidc.client-id and, unless the client is"
          + " public, quarkus.oidc.credentials.secret. The API takes bearer tokens meanwhile.";

  private static final String SESSION_ENDED =
      "You are not signed in any more, and nothing was done. Open the page again: it asks you to sign in; then send the form anew.";

  private final Rendering rendering;
  private final boolean canSignIn;

  ErrorPages(
      Rendering rendering,
      @ConfigProperty(name = "quarkus.oidc.client-id") Optional<String> client) {
    this.rendering = rendering;
    this.canSignIn = client.isPresent();
  }

  @ServerResponseFilter
  void rewrite(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getEntity() instanceof Problem problem && isRead(request)) {
      List<String> sentences = sentences(problem, request.getMethod());
      String page = rendering.failure(problem.title(), sentences, problem.status() != 401);
      response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
      response.setEntity(page, new Annotation[0], MediaType.valueOf(Rendering.HTML));
    }
  }

  /** By a person in a browser, and not by a program that the answers of the API are promised to. */
  private static boolean isRead(ContainerRequestContext request) {
    String path = request.getUriInfo().getRequestUri().getPath();
    return !path.equals("/api")
        && !path.startsWith("/api/")
        && request.getHeaderString("HX-Request") == null
        && request.getAcceptableMediaTypes().getFirst().isCompatible(MediaType.TEXT_HTML_TYPE)
        && !request.getAcceptableMediaTypes().getFirst().isWildcardType();
  }

  private List<String> sentences(Problem problem, String method) {
    List<String> sentences = new ArrayList<>();
    sentences.add(problem.status() == 401 ? unknown(problem, method) : problem.detail());
    problem
        .errors()
        .forEach(error -> sentences.add(error.parameter() + " " + error.detail() + "."));
    sentences.add("Reason: %s.".formatted(problem.reason()));
    return sentences;
  }

  private String unknown(Problem problem, String method) {
    if (!canSignIn) {
      return NO_LOGIN;
    }
    return method.equals("POST") ? SESSION_ENDED : problem.detail();
  }
}
