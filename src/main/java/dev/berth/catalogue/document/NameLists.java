package dev.berth.catalogue.document;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Lists of names of things in the cluster, each name once. */
final class NameLists {

  private static final int MANY = 100;
  private static final Pattern CLASS =
      Pattern.compile(
          "(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  private NameLists() {}

  /** Names of cluster objects such as classes. */
  static List<String> classes(Field list) {
    return read(list, item -> item.text(CLASS, "the name of a class in the cluster"));
  }

  static List<String> priorityClasses(Field list) {
    return read(
        list,
        item -> {
          String name = item.text(CLASS, "the name of a class in the cluster");
          if (name.startsWith("system-")) {
            item.refuse("priority classes system-* are for parts of the cluster");
          }
        });
  }

  /** Keys of annotations. */
  static List<String> keys(Field list) {
    return read(list, item -> LabelSyntax.checkKey(item.text(), item));
  }

  static List<String> oneOf(Set<String> names, Field list) {
    return read(
        list,
        item -> {
          if (!names.contains(item.text())) {
            item.refuse(
                "must be one of "
                    + String.join(", ", new TreeSet<>(names))
                    + ", not "
                    + item.shown());
          }
        });
  }

  private static List<String> read(Field list, Consumer<Field> check) {
    if (list.isPresent() && !list.isList()) {
      list.refuse("must be a list of names, not " + list.shown());
    }
    Set<String> names = new LinkedHashSet<>();
    for (Field item : list.items()) {
      check.accept(item);
      if (!names.add(item.text())) {
        item.refuse("is named twice");
      }
    }
    if (names.size() > MANY) {
      list.refuse("has more than " + MANY + " names");
    }
    return new ArrayList<>(names);
  }
}
