package dev.berth.api.stage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.lang.JoseException;

/** A real OpenID Connect issuer on a local port: discovery and keys. */
public class Issuer implements QuarkusTestResourceLifecycleManager {

  static final String AUDIENCE = "berth";

  /** As the console signs people in. */
  static final String CLIENT = "berth-console";

  /** After a role, in a code. */
  public static final String BRIEFLY = "-briefly";

  private HttpServer server;

  @Override
  public Map<String, String> start() {
    RsaJsonWebKey key = key();
    listen(place(), key);
    String url = "http://127.0.0.1:" + port();
    return Map.of(
        "quarkus.oidc.auth-server-url", url,
        "quarkus.oidc.token.audience", AUDIENCE,
        "test.issuer.url", url,
        "test.issuer.key", key.toJson(OutputControlLevel.INCLUDE_PRIVATE));
  }

  /** Where it listens; 0 = at any port. */
  int place() {
    return 0;
  }

  final int port() {
    return server.getAddress().getPort();
  }

  final void listen(int port, RsaJsonWebKey key) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String url = "http://127.0.0.1:" + port();
    serve(
        "/.well-known/openid-configuration",
        asked ->
            """
            {"issuer":"%1$s","jwks_uri":"%1$s/keys","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token"}\
            """
                .formatted(url));
    String keys = "{\"keys\":[%s]}".formatted(key.toJson(OutputControlLevel.PUBLIC_ONLY));
    serve("/keys", asked -> keys);
    serve("/token", form -> signedIn(form, url, key));
    server.start();
  }

  /**
   * Whoever comes back from signing in with a code is alice, in the role that the code names; for a
   * moment alone, if it ends so.
   */
  private static String signedIn(String form, String url, RsaJsonWebKey key) {
    String code = form.replaceFirst("(?s)^(.*&)?code=([a-z-]+).*$", "$2");
    String role = code.replaceFirst(BRIEFLY + "$", "");
    int seconds = role.equals(code) ? 300 : 2;
    JwtClaimsBuilder claims = Jwt.claims().issuer(url).audience(CLIENT).upn("alice");
    String token =
        Tokens.sign(
            claims.subject("alice").groups(Set.of(role)).expiresIn(seconds),
            key.getRsaPrivateKey());
    return "{\"id_token\":\"%1$s\",\"access_token\":\"%1$s\",\"token_type\":\"Bearer\",\"expires_in\":300}"
        .formatted(token);
  }

  private void serve(String path, UnaryOperator<String> answer) {
    server.createContext(
        path,
        exchange -> {
          String asked = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          byte[] bytes = answer.apply(asked).getBytes(UTF_8);
          exchange.getResponseHeaders().add("content-type", "application/json");
          exchange.sendResponseHeaders(200, bytes.length);
          try (var out = exchange.getResponseBody()) {
            out.write(bytes);
          }
        });
  }

  @Override
  public void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  public static RsaJsonWebKey key() {
    try {
      RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
      key.setKeyId("local");
      key.setAlgorithm("RS256");
      key.setUse("sig");
      return key;
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }
}
