package dev.berth.catalogue;

import dev.berth.catalogue.CatalogueReader.Reading;
import dev.berth.tenant.PlanVersion;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The catalogue as its files say: the last one that was usable. Its start fails where there is
 * none; a changed one is announced as an event of type {@link Catalogue}.
 */
@Startup
@ApplicationScoped
public class PlanDirectory {

  private static final Logger LOG = Logger.getLogger(PlanDirectory.class);

  private final PlanFiles files;
  private final CatalogueReader reader;
  private final Consumer<Catalogue> changes;
  private final Map<PlanVersion, String> released = new HashMap<>();
  private volatile Catalogue current = new Catalogue(Map.of());
  private volatile List<PlanError> errors = List.of();

  @Inject
  PlanDirectory(CatalogueConfig config, Event<Catalogue> changes) {
    this(
        new PlanFiles(config.directory().orElse(null)),
        new CatalogueReader(config.metadataPrefixes().orElse(Set.of())),
        changes::fire);
  }

  PlanDirectory(PlanFiles files, CatalogueReader reader, Consumer<Catalogue> changes) {
    this.files = files;
    this.reader = reader;
    this.changes = changes;
  }

  public Catalogue current() {
    return current;
  }

  /** What keeps the files as they are now from being used; empty = they are in use. */
  public List<PlanError> errors() {
    return errors;
  }

  @PostConstruct
  void start() {
    switch (read()) {
      case Reading.Usable usable -> use(usable.catalogue());
      case Reading.Unusable unusable ->
          throw new IllegalStateException(
              "no usable plans in " + files.where() + "\n" + lines(unusable.errors()));
    }
    LOG.infof("plans: %s from %s", current, files.where());
  }

  /** Reads the files again; compared is what they say, so that swapped links are no matter. */
  @Scheduled(
      every = "${berth.catalogue.poll:5s}",
      delayed = "${berth.catalogue.poll:5s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void reload() {
    switch (read()) {
      case Reading.Usable usable -> {
        errors = List.of();
        if (!usable.catalogue().equals(current)) {
          use(usable.catalogue());
          LOG.infof("plans: %s from %s", current, files.where());
          changes.accept(current);
        }
      }
      case Reading.Unusable unusable -> {
        if (!unusable.errors().equals(errors)) {
          errors = unusable.errors();
          LOG.errorf(
              "the changed plans in %s are not used, %s stay in force\n%s",
              files.where(), current, lines(errors));
        }
      }
    }
  }

  private Reading read() {
    try {
      Reading reading = reader.read(files.read(), released);
      return reading instanceof Reading.Usable usable && usable.catalogue().releases().isEmpty()
          ? unreadable("holds no plan; put YAML files with plans into it")
          : reading;
    } catch (IOException e) {
      return unreadable("cannot be read: " + e);
    }
  }

  private Reading unreadable(String message) {
    return new Reading.Unusable(List.of(new PlanError(files.where(), 0, "", message)));
  }

  private void use(Catalogue catalogue) {
    catalogue.releases().forEach(r -> released.putIfAbsent(r.plan().id(), r.sha256()));
    current = catalogue;
  }

  private static String lines(List<PlanError> errors) {
    return String.join("\n", errors.stream().map(e -> "  " + e).toList());
  }
}
