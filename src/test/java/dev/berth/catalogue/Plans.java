package dev.berth.catalogue;

import dev.berth.catalogue.CatalogueReader.Reading;
import dev.berth.plan.Plan;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Plans for tests, read as the service reads them. */
public final class Plans {

  private Plans() {}

  /** The one plan of a document. */
  public static Plan parse(String yaml) {
    return switch (read(yaml)) {
      case Reading.Usable usable -> usable.catalogue().releases().iterator().next().plan();
      case Reading.Unusable unusable -> throw new AssertionError(unusable.errors().toString());
    };
  }

  static Reading read(String... documents) {
    List<PlanFile> files =
        List.of(documents).stream()
            .map(d -> new PlanFile("plan.yaml", d.getBytes(StandardCharsets.UTF_8)))
            .toList();
    return new CatalogueReader(Set.of("example.com/")).read(files, Map.of());
  }
}
