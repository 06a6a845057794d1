package dev.berth.history.judge.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What operators asked of Berth by actions, one after the other for each tenant, and what it
 * answered.
 */
public final class Journal {
  private final Map<String, List<Order>> orders = new ConcurrentHashMap<>();
  private final Set<String> closed = ConcurrentHashMap.newKeySet();

  /**
   * An action that was asked for. Without an answer it may have been taken or not.
   *
   * @param key by which it is done once, and its reason
   * @param to empty unless it is a move
   * @param outdated whether it is for a state that the tenant is not in
   * @param repeat what a second call with the same key was answered; null = there was none
   */
  public record Order(
      String key,
      String kind,
      String to,
      boolean outdated,
      @Nullable Answer answer,
      @Nullable Repeat repeat) {

    public boolean isTaken() {
      return answer != null && answer.status() == 202;
    }

    public boolean isRefused() {
      return answer != null && !isTaken();
    }

    public boolean isUnsure() {
      return answer == null;
    }

    public boolean is(String... kinds) {
      return List.of(kinds).contains(kind);
    }

    /** By which Berth knows it; empty where it was not taken for sure. */
    public String id() {
      return answer == null ? "" : answer.body().path("id").asText();
    }

    /** Of the tenant's life that it is for. */
    public int incarnation() {
      return answer == null ? 0 : answer.body().at("/before/incarnation").asInt();
    }

    /** That was in force when it was taken. */
    public long generation() {
      return answer == null ? 0 : answer.body().at("/before/generation").asLong();
    }

    boolean isIn(int life) {
      return isTaken() && incarnation() == life;
    }
  }

  public record Answer(int status, JsonNode body) {}

  /**
   * @param same whether the second call was the same in all
   */
  public record Repeat(boolean same, Answer answer) {}

  /** Said before the call is sent. */
  public void asks(String tenant, Order order) {
    List<Order> all = of(tenant);
    closed.remove(tenant);
    all.add(order);
    orders.put(tenant, all);
  }

  /** It was sent to nobody. */
  public void takesBack(String tenant, String key) {
    List<Order> all = of(tenant);
    all.removeIf(order -> order.key().equals(key));
    orders.put(tenant, all);
  }

  public void answered(String tenant, String key, Answer answer) {
    change(tenant, key, o -> new Order(key, o.kind(), o.to(), o.outdated(), answer, o.repeat()));
  }

  public void repeated(String tenant, String key, Repeat repeat) {
    change(tenant, key, o -> new Order(key, o.kind(), o.to(), o.outdated(), o.answer(), repeat));
  }

  private void change(String tenant, String key, UnaryOperator<Order> change) {
    List<Order> all = of(tenant);
    all.replaceAll(order -> order.key().equals(key) ? change.apply(order) : order);
    orders.put(tenant, all);
  }

  /** How often each kind was answered in which way; 0 = not at all. */
  public Map<String, Integer> tally() {
    Map<String, Integer> tally = new TreeMap<>();
    for (List<Order> all : orders.values()) {
      for (Order order : all) {
        int status = order.answer() == null ? 0 : order.answer().status();
        tally.merge(order.kind() + " " + status, 1, Integer::sum);
      }
    }
    return tally;
  }

  /** Whether there are any of a tenant that may still change. */
  public boolean isOpen(String tenant) {
    return orders.containsKey(tenant) && !closed.contains(tenant);
  }

  /** The tenant has left, and nothing of its orders is open: until the next one. */
  public void close(String tenant) {
    closed.add(tenant);
  }

  /** A copy, in the order in which they were asked for. */
  public List<Order> of(String tenant) {
    return new ArrayList<>(orders.getOrDefault(tenant, List.of()));
  }

  /** The last one of these kinds that was not refused. */
  public Optional<Order> last(String tenant, String... kinds) {
    return of(tenant).reversed().stream()
        .filter(order -> order.is(kinds) && !order.isRefused())
        .findFirst();
  }

  public boolean isFrozen(String tenant, int incarnation) {
    return last(tenant, "freeze", "unfreeze")
        .filter(order -> order.is("freeze") && order.isIn(incarnation))
        .isPresent();
  }

  public boolean mayBeFrozen(String tenant, int incarnation) {
    return isFrozen(tenant, incarnation) || isAnyUnsure(tenant, "freeze", "unfreeze");
  }

  /**
   * Whether an operator may have taken it out of the waiting list, and nothing let it wait again.
   */
  public boolean mayBeWithdrawn(String tenant, int incarnation, long generation) {
    return isWithdrawn(tenant, incarnation, generation) || isAnyUnsure(tenant, "withdraw", "retry");
  }

  public boolean isWithdrawn(String tenant, int incarnation, long generation) {
    return last(tenant, "withdraw", "retry")
        .filter(order -> order.is("withdraw") && order.isIn(incarnation))
        .filter(order -> order.generation() == generation)
        .isPresent();
  }

  /** Whether anybody may have moved the tenant to the class. */
  public boolean mayHaveMoved(String tenant, String to) {
    return of(tenant).stream()
        .anyMatch(order -> order.is("move") && order.to().equals(to) && !order.isRefused());
  }

  public boolean isAnyUnsure(String tenant, String... kinds) {
    return of(tenant).stream().anyMatch(order -> order.is(kinds) && order.isUnsure());
  }
}
