package dev.berth.nodepool.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.nodepool.decide.Readings;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VmFamiliesTest {

  private final VmFamilies families = new VmFamilies(VmFamilies.DEFAULT);

  /** At least one of each family. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Standard_D4s_v3",
        "Standard_D2_v3",
        "standard_d8S_V4",
        "Standard_D8s_v5",
        "Standard_D4ds_v4",
        "Standard_D4d_v5",
        "Standard_D8as_v5",
        "Standard_D8ads_v5",
        "Standard_D2ls_v5",
        "Standard_D2lds_v5",
        "Standard_D4s_v6",
        "Standard_D4alds_v6",
        "Standard_D4as_v7",
        "Standard_D4alds_v7",
        "Standard_E4s_v3",
        "Standard_E80is_v4",
        "Standard_E96_v5",
        "Standard_E4ds_v4",
        "Standard_E96ias_v5",
        "Standard_E4ads_v5",
        "Standard_E4bs_v5",
        "Standard_E4bds_v6",
        "Standard_E4s_v6",
        "Standard_E96ids_v6",
        "Standard_E4ads_v6",
        "Standard_E4as_v7",
        "Standard_F8s_v2",
        "Standard_F8als_v6",
        "Standard_F8amds_v7",
        "Standard_FX4mds",
        "Standard_FX4mds_v2",
        "Standard_FX4ms_v2",
        "Standard_M64ms",
        "Standard_M8-2ms",
        "Standard_L8s_v3",
        "Standard_L8as_v4",
        "Standard_L8aos_v4",
        "Standard_DC8as_cc_v5",
        "Standard_EC8ads_cc_v5",
        "Standard_NV4ads_v710_v5",
        "D8s_v5",
      })
  void aSizeOfAListedFamilyNests(String vmSize) {
    assertThat(families.nest(vmSize)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Standard_B4ms",
        "Standard_D4ps_v5",
        "Standard_D4pds_v6",
        "Standard_D4as_v4",
        "Standard_E4as_v4",
        "Standard_D2_v2",
        "Standard_DS2_v2",
        "Standard_A4_v2",
        "Standard_NC6s_v3",
        "Standard_E4-2s_v5",
        "Standard_DC4as_v5",
        "Standard_D8s_v55",
        "",
      })
  void anyOtherSizeIsNotKnown(String vmSize) {
    assertThat(families.nest(vmSize)).isFalse();
  }

  @Test
  void theListIsConfiguration() {
    VmFamilies other = new VmFamilies(List.of("b\\d+ms"));
    assertThat(other.nest("Standard_B4ms")).isTrue();
    assertThat(other.nest(Readings.SIZE)).isFalse();
    assertThatThrownBy(() -> new VmFamilies(List.of("(")))
        .isInstanceOf(PatternSyntaxException.class);
  }
}
