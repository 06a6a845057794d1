package dev.berth.catalogue;

import dev.berth.catalogue.document.Field;
import dev.berth.catalogue.document.PlanDocument;
import dev.berth.catalogue.document.PlanError;
import dev.berth.catalogue.document.PlanErrors;
import dev.berth.catalogue.document.YamlFile;
import dev.berth.plan.Plan;
import dev.berth.tenant.PlanVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.constructor.StandardConstructor;
import org.snakeyaml.engine.v2.nodes.Node;

/** Files to a catalogue, or to every error that is in them. */
final class CatalogueReader {

  private final PlanDocument plans;

  /**
   * @param metadataPrefixes of the labels and annotations that plans may set
   */
  CatalogueReader(Set<String> metadataPrefixes) {
    this.plans = new PlanDocument(metadataPrefixes);
  }

  /** What came of reading. */
  sealed interface Reading {
    record Usable(Catalogue catalogue) implements Reading {}

    record Unusable(List<PlanError> errors) implements Reading {}
  }

  /**
   * @param released content hashes of versions that exist already and must not change
   */
  Reading read(List<PlanFile> files, Map<PlanVersion, String> released) {
    Collected collected = new Collected(released);
    files.forEach(collected::add);
    return collected.errors.isEmpty()
        ? new Reading.Usable(new Catalogue(collected.releases))
        : new Reading.Unusable(List.copyOf(collected.errors));
  }

  private static Object plain(Node document) {
    return new StandardConstructor(LoadSettings.builder().build())
        .constructSingleDocument(Optional.of(document));
  }

  private final class Collected {

    private final Map<PlanVersion, String> released;
    private final Map<PlanVersion, Catalogue.Release> releases = new LinkedHashMap<>();
    private final List<PlanError> errors = new ArrayList<>();

    Collected(Map<PlanVersion, String> released) {
      this.released = released;
    }

    void add(PlanFile file) {
      PlanErrors problems = new PlanErrors(file.name());
      for (Node document : new YamlFile(file.name(), problems).documents(file.content())) {
        int before = problems.count();
        Field field = Field.document(document, problems);
        Plan plan = plans.read(field);
        if (problems.count() == before) {
          release(new Catalogue.Release(plan, ContentHash.of(document), plain(document)), field);
        }
      }
      problems.list().stream()
          .sorted(Comparator.comparingInt(PlanError::line))
          .forEach(errors::add);
    }

    private void release(Catalogue.Release release, Field document) {
      PlanVersion id = release.plan().id();
      String sha256 = release.sha256();
      Catalogue.Release twin = releases.putIfAbsent(id, release);
      String known = twin == null ? released.getOrDefault(id, sha256) : twin.sha256();
      if (!known.equals(sha256)) {
        document.refuse(
            "version "
                + id
                + " is released with another body already, and a released version never changes; give this one a"
                + " higher version");
      }
    }
  }
}
