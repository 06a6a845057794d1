package dev.berth.api.stage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.lang.JoseException;

/** A real OpenID Connect issuer on a local port: discovery and keys. */
public class Issuer implements QuarkusTestResourceLifecycleManager {

  static final String AUDIENCE = "berth";

  private HttpServer server;

  @Override
  public Map<String, String> start() {
    RsaJsonWebKey key = key();
    listen(0, key);
    String url = "http://127.0.0.1:" + port();
    return Map.of(
        "quarkus.oidc.auth-server-url", url,
        "quarkus.oidc.token.audience", AUDIENCE,
        "test.issuer.url", url,
        "test.issuer.key", key.toJson(OutputControlLevel.INCLUDE_PRIVATE));
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
        "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\"}".formatted(url, url));
    serve("/keys", "{\"keys\":[%s]}".formatted(key.toJson(OutputControlLevel.PUBLIC_ONLY)));
    server.start();
  }

  private void serve(String path, String body) {
    server.createContext(
        path,
        exchange -> {
          byte[] bytes = body.getBytes(UTF_8);
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
