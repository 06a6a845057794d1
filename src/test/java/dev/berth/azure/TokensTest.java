package dev.berth.azure;

import static dev.berth.azure.AzureStand.ORDER;
import static dev.berth.azure.AzureStand.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.berth.local.azure.wire.Call;
import dev.berth.local.azure.wire.Mishap;
import dev.berth.nodepool.cloud.CloudFailure;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A token is renewed where it must be, and goes to nobody else. */
class TokensTest {
  @RegisterExtension final AzureStand stand = new AzureStand();

  @Test
  void aTokenThatExpiresMidOperationIsReplaced() {
    stand.azure().identity().tokensLiveFor(Duration.ofMinutes(1));
    stand.cloud().create(ORDER);

    stand.waitAnOperation();

    assertThat(stand.pool("kata").state()).isEqualTo("Succeeded");
    assertThat(stand.tokens().issued()).hasSize(2);
  }

  @Test
  void aWriteWithAnExpiredTokenTakesEffectOnce() {
    stand.cloud().cluster();
    stand.azure().identity().revokesAll();

    stand.cloud().create(ORDER);

    assertThat(stand.pool("kata").state()).isEqualTo("Creating");
    assertThat(stand.tokens().issued()).hasSize(2);
  }

  @Test
  void aTokenThatIsNeverValidIsTriedTwice() {
    stand.azure().identity().tokensLiveFor(Duration.ZERO);

    CloudFailure failure = failure(() -> stand.cloud().create(ORDER));

    assertThat(failure.code()).isEqualTo(CloudFailure.IDENTITY);
    assertThat(failure.message()).startsWith("ExpiredAuthenticationToken: ");
    assertThat(stand.tokens().issued()).hasSize(2);
    assertThat(stand.azure().portal().pools()).doesNotContain("kata");
  }

  @Test
  void withoutATokenNothingIsAsked() {
    stand.tokens().goDown();

    CloudFailure failure = failure(() -> stand.cloud().cluster());

    assertThat(failure.code()).isEqualTo(CloudFailure.IDENTITY);
    assertThat(failure.message()).contains("nobody signs in");
    assertThat(stand.azure().journal().all()).isEmpty();
  }

  @Test
  void noTokenGoesToAnAddressOfSomebodyElse() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    HttpServer stranger =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    stranger.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    stranger.start();
    String elsewhere = "http://localhost:%d/op".formatted(stranger.getAddress().getPort());
    stand
        .azure()
        .next(
            Call.PUT_POOL,
            new Mishap.Afterwards(answer -> answer.with("azure-asyncoperation", elsewhere)));

    stand.cloud().create(ORDER);

    assertThat(stand.pool("kata").state()).isEqualTo("Creating");
    assertThat(asked).hasValue(0);
    stranger.stop(0);
  }

  @Test
  void aTokenGoesOverPlainHttpOnThisMachineOnly() {
    AzureConfig config = AzureStand.config("http://management.azure.com", Duration.ofSeconds(1));

    assertThatThrownBy(() -> stand.pipeline(config)).hasMessageContaining("https only");
  }
}
