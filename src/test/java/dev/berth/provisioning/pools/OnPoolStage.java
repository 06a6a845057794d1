package dev.berth.provisioning.pools;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A story of one pool, which begins with nothing of it anywhere. */
abstract class OnPoolStage {

  final PoolStage stage = new PoolStage();

  @BeforeEach
  void begin() {
    stage.begin();
  }

  @AfterEach
  void stop() {
    stage.stop();
  }
}
