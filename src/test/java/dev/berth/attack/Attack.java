package dev.berth.attack;

/** A request that must be refused, and by whom. */
public record Attack(Request request, Identity identity, Guard expected) {

  @Override
  public String toString() {
    return "%s: %s".formatted(identity, request.name());
  }
}
