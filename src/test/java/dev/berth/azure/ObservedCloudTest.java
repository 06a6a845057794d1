package dev.berth.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.nodepool.PoolOrder;
import dev.berth.nodepool.cloud.Cloud;
import dev.berth.nodepool.cloud.ClusterReading;
import dev.berth.nodepool.cloud.PoolReading;
import dev.berth.nodepool.cloud.QuotaReading;
import dev.berth.nodepool.cloud.SizeReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ObservedCloudTest {

  private final List<String> asked = new ArrayList<>();
  private final Cloud cloud = new ObservedCloud(new Asked());

  @Test
  void whatReadsGoesThroughAndWhatWritesDoesNot() {
    cloud.cluster();
    cloud.size("Standard_D8s_v5", "westeurope");
    cloud.quota("westeurope");
    assertThatThrownBy(() -> cloud.create(null)).hasMessageContaining("berth.mode is observe");
    assertThatThrownBy(() -> cloud.grow(null, 3)).hasMessageContaining("berth.mode is observe");

    assertThat(asked).containsExactly("cluster", "size", "quota");
  }

  private final class Asked implements Cloud {

    @Override
    public ClusterReading cluster() {
      asked.add("cluster");
      return null;
    }

    @Override
    public Optional<SizeReading> size(String vmSize, String location) {
      asked.add("size");
      return Optional.empty();
    }

    @Override
    public Optional<QuotaReading> quota(String location) {
      asked.add("quota");
      return Optional.empty();
    }

    @Override
    public void create(PoolOrder order) {
      asked.add("create");
    }

    @Override
    public void grow(PoolReading seen, int count) {
      asked.add("grow");
    }
  }
}
