// plant: src/main/java/dev/berth/provisioning/PlantedKafkaClientOutsideMessaging.java
// check: architecture
// expect: dev\.berth\.provisioning\.PlantedKafkaClientOutsideMessaging.*org\.apache\.kafka
package dev.berth.provisioning;

import org.apache.kafka.clients.producer.Producer;

record PlantedKafkaClientOutsideMessaging(Producer<String, byte[]> producer) {}
