package dev.berth.delivery.disorder;

import static java.util.Comparator.comparingDouble;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.berth.delivery.ControlPlane;
import dev.berth.delivery.evidence.TenantEvent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * The diaries of many tenants, each event up to three times, out of order: by a few places, and for
 * every fourth tenant wholly. Decided by a seed.
 */
final class Day {
  private static final int AT_ONCE = 10;
  private static final int PARTITIONS = 6;

  /** By how many places an event is late at most. */
  private static final double DISTANCE = 2.5;

  /**
   * @param at when in the day, from 0 to 1
   */
  private record Shipment(TenantEvent event, int partition, double at) {}

  private final Map<String, List<TenantEvent>> diaries = new TreeMap<>();
  private final List<Shipment> shipments = new ArrayList<>();
  private final Map<String, Long> copies;
  private final Iterator<Shipment> due;

  /** Of 50 tenants one is never created. */
  Day(long seed, int tenants) {
    Random random = new Random(seed);
    for (int i = 0; i < tenants; i++) {
      String tenant = "d%04d".formatted(i);
      int lives = i % 50 == 0 ? 0 : 1 + random.nextInt(3);
      List<TenantEvent> diary = Diary.of(tenant, lives, i % Diary.STRAYS, random);
      diaries.put(tenant, diary);
      ship(diary, i % 4 == 0 ? diary.size() : DISTANCE, random);
    }
    shipments.sort(comparingDouble(Shipment::at));
    copies = shipments.stream().collect(groupingBy(it -> it.event().id(), counting()));
    due = shipments.iterator();
  }

  /**
   * @param distance by how many places an event is late at most
   */
  private void ship(List<TenantEvent> diary, double distance, Random random) {
    for (int place = 0; place < diary.size(); place++) {
      for (int copy = random.nextInt(3); copy >= 0; copy--) {
        TenantEvent event = diary.get(place);
        double at = (place + random.nextDouble() * distance) / (diary.size() + distance);
        shipments.add(new Shipment(event, partition(event.tenant(), random), at));
      }
    }
  }

  private static int partition(String tenant, Random random) {
    Partitioner[] all = Partitioner.values();
    return all[random.nextInt(all.length)].partition(tenant, PARTITIONS);
  }

  /** How often there is something to {@link #send}. */
  int times() {
    return (shipments.size() + AT_ONCE - 1) / AT_ONCE;
  }

  /** What is next. */
  void send(ControlPlane controlPlane) {
    for (int i = 0; i < AT_ONCE && due.hasNext(); i++) {
      Shipment next = due.next();
      controlPlane.send(next.event(), next.partition());
    }
  }

  Map<String, List<TenantEvent>> diaries() {
    return diaries;
  }

  List<TenantEvent> events() {
    return diaries.values().stream().flatMap(List::stream).toList();
  }

  /** How often an event is sent, by its id. */
  Map<String, Long> copies() {
    return copies;
  }

  int records() {
    return shipments.size();
  }
}
