package dev.berth.attack.tried;

import dev.berth.attack.Attack;
import dev.berth.attack.Guard;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** All of them. */
public final class Attacks {
  public static final List<Attack> ALL =
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

  public static List<Attack> refusedBy(Guard guard) {
    return ALL.stream().filter(attack -> attack.expected() == guard).toList();
  }
}
