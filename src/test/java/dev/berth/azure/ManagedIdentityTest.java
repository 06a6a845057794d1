package dev.berth.azure;

import static dev.berth.azure.AzureStand.NOTHING;
import static dev.berth.azure.AzureStand.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.Configuration;
import com.microsoft.aad.msal4j.ManagedIdentityApplication;
import com.sun.net.httpserver.HttpServer;
import dev.berth.local.process.Patience;
import dev.berth.nodepool.cloud.Cloud;
import dev.berth.nodepool.cloud.CloudFailure;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Berth signs in as whom its surroundings say it is. */
class ManagedIdentityTest {
  @RegisterExtension final AzureStand stand = new AzureStand();

  private final List<String> asked = new ArrayList<>();

  @Test
  void theIdentityEndpointOfTheSurroundingsGivesTheToken() throws Exception {
    HttpServer server = identity();
    Map<String, String> variables =
        Map.of(
            "IDENTITY_ENDPOINT",
            "http://127.0.0.1:%d/msi".formatted(server.getAddress().getPort()),
            "IDENTITY_HEADER",
            "known");
    surround(variables::get);
    Configuration environment = NOTHING.clone();
    variables.forEach(environment::put);
    Cloud cloud = cloud(environment, Patience.LONG);

    assertThat(cloud.cluster().state()).isEqualTo("Succeeded");
    assertThat(cloud.cluster().state()).isEqualTo("Succeeded");
    assertThat(asked).singleElement().asString().contains("resource=https", "known");
    server.stop(0);
  }

  @AfterEach
  void surroundWithNothing() throws Exception {
    surround(name -> null);
  }

  @Test
  void nobodyToSignInAsIsAFailureOfTheIdentity() {
    CloudFailure failure = failure(() -> cloud(NOTHING, Duration.ofSeconds(4)).cluster());

    assertThat(failure.code()).isEqualTo(CloudFailure.IDENTITY);
  }

  /** The library looks at the variables of the process only. */
  private static void surround(UnaryOperator<String> variables) throws Exception {
    Class<?> type = Class.forName("com.microsoft.aad.msal4j.IEnvironmentVariables");
    Object known =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> variables.apply((String) arguments[0]));
    Method set =
        ManagedIdentityApplication.class.getDeclaredMethod("setEnvironmentVariables", type);
    set.setAccessible(true);
    set.invoke(null, known);
  }

  private Cloud cloud(Configuration environment, Duration timeout) {
    AzureConfig config = AzureStand.config(stand.azure().url(), timeout);
    return new AzureCloud(config, CloudAccess.pipeline(config, environment));
  }

  private HttpServer identity() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/msi",
        exchange -> {
          asked.add(
              exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("X-IDENTITY-HEADER"));
          byte[] body =
              "{\"access_token\":\"%s\",\"expires_on\":\"4102444800\",\"resource\":\"r\",\"token_type\":\"Bearer\"}"
                  .formatted(stand.azure().identity().issue())
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }
}
