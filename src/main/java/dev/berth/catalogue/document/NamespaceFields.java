package dev.berth.catalogue.document;

import dev.berth.plan.Plan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The namespaces of a plan and their shares of its budget. */
final class NamespaceFields {

  private static final Pattern NAME = Pattern.compile("([a-z0-9]([-a-z0-9]{0,12}[a-z0-9])?)?");
  private static final String NAME_RULE =
      "at most 14 characters of a-z, 0-9 and '-', beginning and ending with a letter or digit";
  private static final Pattern SHARE = Pattern.compile("([1-9][0-9]?|100)%");

  private NamespaceFields() {}

  static List<Plan.PlanNamespace> read(Field list) {
    List<Plan.PlanNamespace> namespaces = new ArrayList<>();
    Set<String> names = new HashSet<>();
    List<Field> items = list.items();
    for (Field item : items) {
      Plan.PlanNamespace namespace = item.section(s -> namespace(s, items.size() == 1));
      if (!names.add(namespace.name())) {
        item.refuse("a second namespace has this name: \"" + namespace.name() + "\"");
      }
      namespaces.add(namespace);
    }
    boolean allGiven = namespaces.stream().allMatch(n -> n.sharePercent() > 0);
    int sum = namespaces.stream().mapToInt(Plan.PlanNamespace::sharePercent).sum();
    if (namespaces.isEmpty()) {
      list.refuse("must be a list of at least one namespace, not " + list.shown());
    } else if (allGiven && sum != 100) {
      list.refuse("the shares must sum to 100%, they sum to " + sum + "%");
    }
    return namespaces;
  }

  private static Plan.PlanNamespace namespace(Section namespace, boolean alone) {
    Field name = namespace.optional("name");
    if (name.is("default")) {
      name.refuse("the default namespace is the one without a name");
    }
    Field share = alone ? namespace.optional("share") : namespace.required("share");
    return new Plan.PlanNamespace(name.text(NAME, NAME_RULE), percent(share));
  }

  private static int percent(Field share) {
    if (!share.isPresent()) {
      return 100;
    }
    Matcher matcher = SHARE.matcher(share.text(SHARE, "a share from 1% to 100%"));
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
  }
}
