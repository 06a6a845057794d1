package dev.berth.provisioning.work;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BuildTest {

  @Test
  void outsideAJarTheVersionTellsBuildsApart() {
    assertThat(Build.fingerprint("1.2.3")).isEqualTo("1.2.3");
  }
}
