package dev.berth.local.azure.conformance;

import dev.berth.local.azure.FakeAzure;
import dev.berth.local.azure.conformance.Wire.Reply;
import dev.berth.local.process.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A new Azure for each test, on a clock that stands still. */
final class Stand implements BeforeEachCallback, AfterEachCallback {
  static final Duration OPERATION = Duration.ofMinutes(3);

  private SettableClock clock = new SettableClock();
  private FakeAzure azure;
  private Wire wire;

  @Override
  public void beforeEach(ExtensionContext context) {
    clock = new SettableClock();
    azure = FakeAzure.start(0, clock);
    azure.operationsTake(OPERATION);
    wire = new Wire(azure);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    azure.close();
  }

  SettableClock clock() {
    return clock;
  }

  FakeAzure azure() {
    return azure;
  }

  Wire wire() {
    return wire;
  }

  /** A Kata pool that is ready. */
  Reply existing(String pool) {
    wire.putPool(pool, Wire.KATA_POOL);
    clock.goesOn(OPERATION);
    return wire.getPool(pool);
  }

  /** The answer of the operation that a reply names. */
  Reply poll(Reply reply) {
    return wire.get(reply.header("Azure-AsyncOperation"));
  }
}
