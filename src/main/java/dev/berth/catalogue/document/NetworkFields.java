package dev.berth.catalogue.document;

import dev.berth.plan.Ipv4Block;
import dev.berth.plan.Plan;
import dev.berth.plan.decide.EgressRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a plan lets through. */
final class NetworkFields {

  private NetworkFields() {}

  static Plan.Network read(Section network) {
    return new Plan.Network(
        egress(network.required("egress")),
        network.required("dns").flag(true),
        network.required("betweenNamespaces").flag(true),
        ingress(network.required("ingress")),
        network.required("requireEngine").flag(true));
  }

  private static Plan.Egress egress(Field egress) {
    if (!egress.isPresent() || egress.is("none")) {
      return new Plan.Egress.None();
    }
    if (egress.is("internet")) {
      return new Plan.Egress.Internet();
    }
    if (!egress.isList()) {
      egress.refuse("must be none, internet or a list of IPv4 blocks, not " + egress.shown());
      return new Plan.Egress.None();
    }
    return new Plan.Egress.Cidrs(
        egress.items().stream().map(NetworkFields::block).flatMap(Optional::stream).toList());
  }

  private static Optional<Ipv4Block> block(Field field) {
    Optional<Ipv4Block> block = Ipv4Block.parse(field.text());
    if (block.isEmpty()) {
      field.refuse(
          "must be an IPv4 block whose address ends where its prefix does, such as 10.20.0.0/16, not "
              + field.shown());
    } else if (EgressRules.NEVER.contains(block.get())) {
      field.refuse("hands out the node's credentials and is closed in every plan");
    }
    return block;
  }

  private static List<Map<String, String>> ingress(Field ingress) {
    if (!ingress.isPresent() || ingress.is("none")) {
      return List.of();
    }
    if (!ingress.isList()) {
      ingress.refuse("must be none or a list of label sets of namespaces, not " + ingress.shown());
      return List.of();
    }
    List<Map<String, String>> sets = new ArrayList<>();
    for (Field item : ingress.items()) {
      Map<String, String> labels = item.texts();
      if (labels.isEmpty()) {
        item.refuse("an empty label set would let every namespace in; name a label");
      }
      item.entries().forEach(LabelSyntax::check);
      sets.add(labels);
    }
    return sets;
  }
}
