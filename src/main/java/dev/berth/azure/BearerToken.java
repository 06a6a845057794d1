package dev.berth.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Puts the token on a request, and a new one where the Resource Manager says that it has expired.
 * The token goes to the endpoint and below it only, whatever address an answer named, and over
 * plain HTTP only on this machine.
 */
final class BearerToken implements HttpPipelinePolicy {

  /** There is no token to be had. */
  static final class Missing extends RuntimeException {
    private static final long serialVersionUID = 1;

    Missing(Throwable why) {
      super(why);
    }
  }

  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final String AUDIENCE = "https://management.azure.com";
  private static final String ANOTHER_ONE =
      "{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"0\"}}}";
  private static final int UNAUTHORIZED = 401;

  private final TokenCredential credential;
  private final URI endpoint;
  private final Duration patience;

  BearerToken(TokenCredential credential, URI endpoint, Duration patience) {
    this.credential = credential;
    this.endpoint = endpoint;
    this.patience = patience;
    if (!isSafe(endpoint.getScheme(), endpoint.getHost())) {
      throw new IllegalArgumentException(
          "berth.azure.endpoint is '%s': a token goes over https only".formatted(endpoint));
    }
  }

  @Override
  public Mono<HttpResponse> process(HttpPipelineCallContext call, HttpPipelineNextPolicy next) {
    HttpPipelineNextPolicy again = next.clone();
    return token(call, null)
        .then(Mono.defer(next::process))
        .flatMap(answer -> {
          if (answer.getStatusCode() != UNAUTHORIZED) {
            return Mono.just(answer);
          }
          answer.close();
          return token(call, ANOTHER_ONE).then(Mono.defer(again::process));
        });
  }

  /**
   * @param claims makes the credential pass over the token that it has; null = it need not
   */
  private Mono<Void> token(HttpPipelineCallContext call, @Nullable String claims) {
    URL url = call.getHttpRequest().getUrl();
    if (!isSafe(url.getProtocol(), url.getHost()) || !isOurs(url.getHost())) {
      return Mono.error(new Missing(new SecurityException("no token is sent to " + url.getHost())));
    }
    TokenRequestContext wanted =
        new TokenRequestContext().addScopes(audience() + "/.default").setCaeEnabled(true);
    if (claims != null) {
      wanted.setClaims(claims);
    }
    return Mono.defer(() -> credential.getToken(wanted))
        .subscribeOn(Schedulers.boundedElastic())
        .timeout(patience)
        .onErrorMap(Missing::new)
        .doOnNext(token ->
            call.getHttpRequest()
                .setHeader(HttpHeaderName.AUTHORIZATION, "Bearer " + token.getToken()))
        .then();
  }

  private String audience() {
    return endpoint.getScheme().equals("https") ? "https://" + endpoint.getAuthority() : AUDIENCE;
  }

  private boolean isOurs(String host) {
    return host.equals(endpoint.getHost()) || host.endsWith("." + endpoint.getHost());
  }

  private static boolean isSafe(String scheme, String host) {
    return scheme.equals("https") || (scheme.equals("http") && THIS_MACHINE.contains(host));
  }
}
