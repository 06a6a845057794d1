package dev.berth.delivery.disorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** As the clients themselves have put these keys on six partitions: the interop lane prints it. */
class PartitionerTest {

  @Test
  void everyKeyIsWhereTheClientPutsIt() {
    assertThat(partitions(Partitioner.MURMUR2)).isEqualTo(List.of(4, 4, 4, 2, 2, 3, 1, 5));
    assertThat(partitions(Partitioner.CRC_32)).isEqualTo(List.of(5, 5, 5, 0, 0, 4, 4, 5));
    assertThat(partitions(Partitioner.FNV_1A)).isEqualTo(List.of(5, 0, 1, 0, 1, 2, 3, 0));
  }

  private static List<Integer> partitions(Partitioner partitioner) {
    return Stream.of("a", "b", "c", "d", "e", "f", "g", "h")
        .map(it -> partitioner.partition("probe-" + it, 6))
        .toList();
  }
}
