package dev.berth.api.problem;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Words of a fixed list, separated by commas. */
final class Words {

  private Words() {}

  /** Empty = at least one is not on the list. */
  static <E extends Enum<E>> Optional<Set<E>> parse(String text, Class<E> list) {
    Set<E> found = EnumSet.noneOf(list);
    for (String word : text.split(",", -1)) {
      Optional<E> known =
          Arrays.stream(list.getEnumConstants()).filter(it -> it.name().equals(word)).findAny();
      if (known.isEmpty()) {
        return Optional.empty();
      }
      found.add(known.get());
    }
    return Optional.of(found);
  }
}
