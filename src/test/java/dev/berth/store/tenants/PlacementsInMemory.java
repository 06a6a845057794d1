package dev.berth.store.tenants;

import dev.berth.plan.capacity.Placement.Head;
import dev.berth.plan.capacity.Placement.Line;
import dev.berth.plan.capacity.Pool;
import dev.berth.plan.capacity.Room;
import dev.berth.tenant.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Placements of one pool without a database; who comes first is first, whatever the priority. */
public final class PlacementsInMemory extends Placements {

  private final Map<TenantId, Room> held = new HashMap<>();
  private final Map<TenantId, Room> line = new LinkedHashMap<>();
  private final List<Duration> wakeUps = new ArrayList<>();
  private Duration waited = Duration.ZERO;
  private long starting;
  private int locks;
  private int sums;

  public PlacementsInMemory() {
    super(null, null, null);
  }

  /** How long everybody waited for room. */
  public void waited(Duration time) {
    waited = time;
  }

  /** Sandboxes of others that were given room a moment ago. */
  public void starting(long sandboxes) {
    starting = sandboxes;
  }

  public int locks() {
    return locks;
  }

  /** How often all that others take was summed up. */
  public int sums() {
    return sums;
  }

  /** After which time the first of the line was to be woken. */
  public List<Duration> wakeUps() {
    return wakeUps;
  }

  public List<TenantId> waiting() {
    return List.copyOf(line.keySet());
  }

  public Optional<Room> held(TenantId tenant) {
    return Optional.ofNullable(held.get(tenant));
  }

  @Override
  public Optional<Room> held(TenantId tenant, Pool pool) {
    return held(tenant);
  }

  @Override
  public Duration waited(TenantId tenant) {
    return waited;
  }

  @Override
  public void lock() {
    locks++;
  }

  @Override
  public long ahead(Applicant applicant) {
    return before(applicant).size();
  }

  @Override
  public boolean isInLine(Applicant applicant, Room room) {
    return room.equals(line.get(applicant.tenant()));
  }

  @Override
  public Line line(Applicant applicant, Duration window) {
    sums++;
    Room taken =
        held.entrySet().stream()
            .filter(e -> !e.getKey().equals(applicant.tenant()))
            .map(Map.Entry::getValue)
            .reduce(Room.NONE, Room::plus);
    List<Room> ahead = before(applicant);
    return new Line(taken, ahead.size(), ahead.stream().reduce(Room.NONE, Room::plus), starting);
  }

  @Override
  public Optional<Head> head(Pool pool) {
    return line.entrySet().stream().findFirst().map(e -> new Head(e.getKey(), e.getValue()));
  }

  @Override
  public void place(Applicant applicant, Room room) {
    line.remove(applicant.tenant());
    held.put(applicant.tenant(), room);
  }

  @Override
  public void await(Applicant applicant, Room room) {
    line.put(applicant.tenant(), room);
  }

  @Override
  public void leaveWaitingList(TenantId tenant) {
    line.remove(tenant);
  }

  @Override
  public void giveBack(TenantId tenant) {
    held.replace(tenant, Room.NONE);
  }

  @Override
  public void release(TenantId tenant) {
    line.remove(tenant);
    held.remove(tenant);
  }

  @Override
  public void wakeHead(Pool pool, Duration delay) {
    wakeUps.add(delay);
  }

  private List<Room> before(Applicant applicant) {
    List<Room> before = new ArrayList<>();
    for (Map.Entry<TenantId, Room> waiting : line.entrySet()) {
      if (waiting.getKey().equals(applicant.tenant())) {
        break;
      }
      before.add(waiting.getValue());
    }
    return before;
  }
}
