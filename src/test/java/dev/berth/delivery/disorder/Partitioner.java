package dev.berth.delivery.disorder;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.zip.CRC32;
import org.apache.kafka.common.utils.Utils;

/** On which partition a client puts a key if it is told nothing else. */
enum Partitioner {
  /** Java's, and kafkajs. */
  MURMUR2 {
    @Override
    int partition(byte[] key, int partitions) {
      return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }
  },

  /** Those on librdkafka. */
  CRC_32 {
    @Override
    int partition(byte[] key, int partitions) {
      CRC32 sum = new CRC32();
      sum.update(key);
      return (int) (sum.getValue() % partitions);
    }
  },

  /** Sarama. */
  FNV_1A {
    @Override
    int partition(byte[] key, int partitions) {
      int hash = 0x811c9dc5;
      for (byte each : key) {
        hash = (hash ^ (each & 0xff)) * 0x01000193;
      }
      return Math.abs(hash % partitions);
    }
  };

  int partition(String key, int partitions) {
    return partition(key.getBytes(UTF_8), partitions);
  }

  abstract int partition(byte[] key, int partitions);
}
