package dev.berth.provisioning.pools;

import static java.util.stream.Collectors.toMap;

import dev.berth.catalogue.Catalogue;
import dev.berth.nodepool.PoolName;
import dev.berth.plan.Plan;
import dev.berth.plan.Plan.PoolTerms;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The node pools that plans name, one for each VM size. Pure. */
final class PoolCatalogue {

  private PoolCatalogue() {}

  static Map<PoolName, PoolTerms> of(Catalogue catalogue) {
    return catalogue.releases().stream()
        .map(Catalogue.Release::plan)
        .map(Plan::nodePool)
        .filter(Objects::nonNull)
        .collect(
            toMap(
                terms -> PoolName.of(terms.vmSize()),
                terms -> terms,
                PoolTerms::and,
                () -> new TreeMap<>(Comparator.comparing(PoolName::value))));
  }
}
