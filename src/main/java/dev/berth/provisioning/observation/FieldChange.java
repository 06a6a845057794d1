package dev.berth.provisioning.observation;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A field that two documents do not have alike.
 *
 * @param field JSON pointer
 * @param before null = it was not there
 * @param after null = it is not there
 */
public record FieldChange(String field, @Nullable String before, @Nullable String after) {

  /**
   * All of them, in the order of the fields. Documents are maps, lists and plain values; what is
   * null is not there.
   */
  public static List<FieldChange> between(Object before, Object after) {
    Map<String, String> was = flat(before);
    Map<String, String> is = flat(after);
    TreeSet<String> fields = new TreeSet<>(was.keySet());
    fields.addAll(is.keySet());
    return fields.stream()
        .filter(field -> !Objects.equals(was.get(field), is.get(field)))
        .map(field -> new FieldChange(field, was.get(field), is.get(field)))
        .toList();
  }

  private static Map<String, String> flat(Object document) {
    Map<String, String> fields = new TreeMap<>();
    flatten("", document, fields);
    return fields;
  }

  private static void flatten(String pointer, @Nullable Object value, Map<String, String> fields) {
    switch (value) {
      case Map<?, ?> members when !members.isEmpty() ->
          members.forEach((name, each) -> flatten(pointer + "/" + escaped(name), each, fields));
      case List<?> items when !items.isEmpty() -> {
        for (int i = 0; i < items.size(); i++) {
          flatten(pointer + "/" + i, items.get(i), fields);
        }
      }
      case null -> {}
      default -> fields.put(pointer, value.toString());
    }
  }

  private static String escaped(@Nullable Object name) {
    return String.valueOf(name).replace("~", "~0").replace("/", "~1");
  }
}
