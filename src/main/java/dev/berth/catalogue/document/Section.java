package dev.berth.catalogue.document;

import java.util.Map;
import java.util.TreeSet;

/** The fields of a mapping. Those that are asked for are the ones it may have. */
final class Section {

  private final Field owner;
  private final Map<String, Field> entries;
  private final TreeSet<String> known = new TreeSet<>();
  private final PlanErrors problems;
  private final int problemsBefore;

  Section(Field owner, Map<String, Field> entries, PlanErrors problems) {
    this.owner = owner;
    this.entries = entries;
    this.problems = problems;
    this.problemsBefore = problems.count();
  }

  Field required(String name) {
    if (!entries.containsKey(name)) {
      owner.refuseMissing(name);
    }
    return optional(name);
  }

  Field optional(String name) {
    known.add(name);
    return entries.getOrDefault(name, Field.absent(problems));
  }

  /** Whether nothing was wrong with what was read so far, so that comparing it says something. */
  boolean isSound() {
    return problems.count() == problemsBefore;
  }

  void refuseUnknown() {
    entries.forEach((name, field) -> {
      if (!known.contains(name)) {
        field.refuse("is not a field of a plan here; known are " + String.join(", ", known));
      }
    });
  }
}
