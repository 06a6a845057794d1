// plant: src/main/java/dev/berth/provisioning/Planted.java
// check: architecture
// expect: dev\.berth\.provisioning\.Planted.*org\.apache\.kafka
package dev.berth.provisioning;

import org.apache.kafka.clients.producer.Producer;

record Planted(Producer<String, byte[]> producer) {}
