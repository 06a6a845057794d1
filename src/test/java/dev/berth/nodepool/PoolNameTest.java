package dev.berth.nodepool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PoolNameTest {

  @Test
  void aPoolIsNamedAfterItsSize() {
    assertThat(PoolName.of("Standard_D8s_v5")).hasToString("kd8sv5");
    assertThat(PoolName.of("standard_d8S_V5")).hasToString("kd8sv5");
  }

  /** Changing these makes a second pool for everyone who has one. */
  @Test
  void aLongNameEndsInADigestThatStays() {
    assertThat(PoolName.of("Standard_NV12ads_V710_v5")).hasToString("knv12ad7e202");
    assertThat(PoolName.of("Standard_NV12ads_V710_v6"))
        .isNotEqualTo(PoolName.of("Standard_NV12ads_V710_v5"));
  }

  @Test
  void everyNameIsOneThatAksTakes() {
    for (String size : List.of("Standard_D8s_v5", "Standard_M416ms_v2", "2x", "", "Größe")) {
      assertThat(PoolName.isValid(PoolName.of(size).value())).as(size).isTrue();
    }
  }

  @Test
  void othersAreRefused() {
    for (String name : List.of("", "8d", "kD", "k-d", "kkkkkkkkkkkkk")) {
      assertThatThrownBy(() -> new PoolName(name)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
