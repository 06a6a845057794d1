package dev.berth.attack;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** All of them. */
final class Attacks {
  static final List<Attack> ALL =
      Stream.of(
              PodAttacks.all(),
              WorkloadAttacks.all(),
              SizeAttacks.all(),
              NamespaceAttacks.all(),
              ManagedObjectAttacks.all(),
              AccessAttacks.all(),
              OwnersRightsAttacks.all(),
              NeighbourAttacks.all(),
              ReachAttacks.all(),
              ClusterAttacks.all())
          .flatMap(Function.identity())
          .toList();

  private Attacks() {}

  static List<Attack> refusedBy(Guard guard) {
    return ALL.stream().filter(attack -> attack.expected() == guard).toList();
  }
}
