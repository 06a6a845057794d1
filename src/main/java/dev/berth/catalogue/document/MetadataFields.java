package dev.berth.catalogue.document;

import dev.berth.plan.Plan;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Labels and annotations that a plan gives its namespaces: only under prefixes that are allowed.
 */
final class MetadataFields {

  private final Set<String> prefixes;

  /**
   * @param prefixes such as {@code example.com/}
   */
  MetadataFields(Set<String> prefixes) {
    this.prefixes = prefixes;
  }

  Plan.Metadata read(Section metadata) {
    Field labels = metadata.optional("labels");
    Field annotations = metadata.optional("annotations");
    Plan.Metadata read = new Plan.Metadata(labels.texts(), annotations.texts());
    check(labels.entries());
    check(annotations.entries());
    labels.entries().forEach(LabelSyntax::check);
    annotations.entries().forEach(LabelSyntax::checkKey);
    return read;
  }

  private void check(Map<String, Field> entries) {
    entries.forEach((key, value) -> {
      String prefix = key.substring(0, key.indexOf('/') + 1);
      if (isBerths(prefix)) {
        value.refuse("keys under berth.dev/ and pod-security.kubernetes.io/ are Berth's own");
      } else if (!prefixes.contains(prefix)) {
        value.refuse(
            "the prefix of this key is not allowed; allowed are "
                + (prefixes.isEmpty() ? "none" : String.join(", ", new TreeSet<>(prefixes)))
                + " (berth.catalogue.metadata-prefixes)");
      }
    });
  }

  private static boolean isBerths(String prefix) {
    return prefix.equals("berth.dev/")
        || prefix.endsWith(".berth.dev/")
        || prefix.equals("pod-security.kubernetes.io/");
  }
}
