package dev.berth.catalogue;

import dev.berth.catalogue.CatalogueReader.Reading;
import dev.berth.plan.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Plans for tests, read as the service reads them. */
public final class Plans {

  private Plans() {}

  /** The one plan of a document. */
  public static Plan parse(String yaml) {
    return catalogue(yaml).releases().iterator().next().plan();
  }

  /** With the plans of these documents. */
  public static Catalogue catalogue(String... documents) {
    return switch (read(documents)) {
      case Reading.Usable usable -> usable.catalogue();
      case Reading.Unusable unusable -> throw new AssertionError(unusable.errors().toString());
    };
  }

  /** One that ships with Berth. */
  public static Plan sample(String name) {
    try {
      return parse(Files.readString(Path.of("src/main/resources/plans", name + ".yaml")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With all that ship with Berth. */
  public static PlanDirectory directory() {
    PlanDirectory directory =
        new PlanDirectory(
            new PlanFiles(null), new CatalogueReader(Set.of()), catalogue -> {}, Clock.systemUTC());
    directory.start();
    return directory;
  }

  public static Reading read(String... documents) {
    List<PlanFile> files =
        List.of(documents).stream()
            .map(d -> new PlanFile("plan.yaml", d.getBytes(StandardCharsets.UTF_8)))
            .toList();
    return new CatalogueReader(Set.of("example.com/")).read(files, Map.of());
  }
}
