package dev.berth.azure;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpPipeline;
import com.azure.core.util.Configuration;
import com.azure.core.util.ConfigurationBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.local.azure.FakeAzure;
import dev.berth.local.azure.wire.Call;
import dev.berth.local.azure.wire.Exchange;
import dev.berth.local.process.Patience;
import dev.berth.local.process.SettableClock;
import dev.berth.nodepool.PoolName;
import dev.berth.nodepool.PoolOrder;
import dev.berth.nodepool.Subnets;
import dev.berth.nodepool.cloud.Cloud;
import dev.berth.nodepool.cloud.CloudException;
import dev.berth.nodepool.cloud.CloudFailure;
import dev.berth.nodepool.cloud.PoolReading;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A new Azure for each test, on a clock that stands still, and the client before it. */
public final class AzureStand implements BeforeEachCallback, AfterEachCallback {
  static final Duration OPERATION = Duration.ofMinutes(3);
  static final Duration PAUSE = Duration.ofMillis(1);
  static final Configuration NOTHING = new ConfigurationBuilder().build();
  static final PoolOrder ORDER =
      new PoolOrder(
          new PoolName("kata"),
          "Standard_D4s_v5",
          1,
          Map.of("berth", "local"),
          Map.of("berth.dev/pool", "kata"),
          Subnets.NONE);

  private SettableClock clock = new SettableClock();
  private FakeAzure azure;
  private Tokens tokens;
  private Cloud cloud;

  @Override
  public void beforeEach(ExtensionContext context) {
    start();
  }

  public void start() {
    clock = new SettableClock();
    azure = FakeAzure.start(0, clock);
    azure.operationsTake(OPERATION);
    tokens = new Tokens(azure.identity());
    restart();
  }

  /** A process that remembers nothing. */
  public void restart() {
    cloud = new AzureCloud(config(), pipeline(config()));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    stop();
  }

  public void stop() {
    azure.close();
  }

  public SettableClock clock() {
    return clock;
  }

  public FakeAzure azure() {
    return azure;
  }

  Tokens tokens() {
    return tokens;
  }

  /** Nobody gets a token any more. */
  public void identityGoesDown() {
    tokens.goDown();
  }

  public void identityComesBack() {
    tokens.comeBack();
  }

  public Cloud cloud() {
    return cloud;
  }

  AzureConfig config() {
    return config(azure.url(), Patience.LONG);
  }

  static AzureConfig config(String endpoint, Duration timeout) {
    return new SmallRyeConfigBuilder()
        .withMapping(AzureConfig.class)
        .withDefaultValue("berth.azure.subscription", FakeAzure.PLACE.subscription())
        .withDefaultValue("berth.azure.resource-group", FakeAzure.PLACE.group())
        .withDefaultValue("berth.azure.cluster-name", FakeAzure.PLACE.cluster())
        .withDefaultValue("berth.azure.endpoint", endpoint)
        .withDefaultValue("berth.azure.timeout", timeout.toString())
        .build()
        .getConfigMapping(AzureConfig.class);
  }

  HttpPipeline pipeline(AzureConfig config) {
    HttpClient client = CloudAccess.client(config.timeout(), NOTHING);
    return CloudAccess.pipeline(config, client, tokens, PAUSE);
  }

  /** Until the operations of now are over. */
  void waitAnOperation() {
    clock.goesOn(OPERATION);
  }

  public void goOn(Duration time) {
    clock.goesOn(time);
  }

  /** As Azure shows it. */
  PoolReading pool(String name) {
    return cloud.cluster().pool(name).orElseThrow();
  }

  PoolReading created() {
    cloud.create(ORDER);
    waitAnOperation();
    return pool("kata");
  }

  List<Exchange> puts() {
    return azure.journal().of(Call.PUT_POOL);
  }

  public static JsonNode json(String body) {
    try {
      return new ObjectMapper().readTree(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static CloudFailure failure(Runnable call) {
    return catchThrowableOfType(CloudException.class, call::run).failure();
  }
}
