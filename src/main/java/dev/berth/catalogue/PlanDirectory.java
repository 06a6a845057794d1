package dev.berth.catalogue;

import static java.util.stream.Collectors.joining;

import dev.berth.catalogue.CatalogueReader.Reading;
import dev.berth.catalogue.document.PlanError;
import dev.berth.tenant.PlanVersion;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue as its files say: the last one that was usable and that no observer of {@link
 * Catalogue} refused by throwing. Where there is none yet, nothing is taken in hand.
 */
@Startup
@ApplicationScoped
public class PlanDirectory {

  private static final Logger LOG = Logger.getLogger(PlanDirectory.class);

  private final PlanFiles files;
  private final CatalogueReader reader;
  private final Consumer<Catalogue> check;
  private final Clock clock;
  private final Map<PlanVersion, String> released = new HashMap<>();
  private volatile Catalogue current = new Catalogue(Map.of());
  private volatile List<PlanError> errors = List.of();
  private volatile @Nullable Instant wrongSince;

  @Inject
  PlanDirectory(CatalogueConfig config, Event<Catalogue> changes, Clock clock) {
    this(
        new PlanFiles(config.directory().orElse(null)),
        new CatalogueReader(config.metadataPrefixes().orElse(Set.of())),
        changes::fire,
        clock);
  }

  PlanDirectory(PlanFiles files, CatalogueReader reader, Consumer<Catalogue> check, Clock clock) {
    this.clock = clock;
    this.files = files;
    this.reader = reader;
    this.check = check;
  }

  public Catalogue current() {
    return current;
  }

  /** What keeps the files as they are now from being used; empty = they are in use. */
  public List<PlanError> errors() {
    return errors;
  }

  /** When files were first found that are not in use; null = they are. */
  public @Nullable Instant wrongSince() {
    return wrongSince;
  }

  @PostConstruct
  void start() {
    reload();
  }

  /** Reads the files again and compares their contents, so swapped links do not matter. */
  @Scheduled(
      every = "${berth.catalogue.poll:5s}",
      delayed = "${berth.catalogue.poll:5s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void reload() {
    List<PlanError> wrong = refresh();
    if (!wrong.isEmpty() && !wrong.equals(errors)) {
      LOG.errorf("the plans in %s are not used, %s%s", files.where(), instead(), lines(wrong));
    }
    if (wrong.isEmpty() || errors.isEmpty()) {
      wrongSince = wrong.isEmpty() ? null : clock.instant();
    }
    errors = wrong;
  }

  private String instead() {
    return current.releases().isEmpty()
        ? "nothing is taken in hand before there are some"
        : current + " stay in force";
  }

  /** Takes over what the files say, unless it is wrong. */
  private List<PlanError> refresh() {
    return switch (read()) {
      case Reading.Unusable unusable -> unusable.errors();
      case Reading.Usable usable when usable.catalogue().equals(current) -> List.of();
      case Reading.Usable usable -> use(usable.catalogue());
    };
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
    return new Reading.Unusable(List.of(error(message)));
  }

  private PlanError error(String message) {
    return new PlanError(files.where(), 0, "", message);
  }

  private List<PlanError> use(Catalogue catalogue) {
    try {
      check.accept(catalogue);
    } catch (RuntimeException e) {
      return List.of(error("is refused: " + e.getMessage()));
    }
    catalogue.releases().forEach(r -> released.putIfAbsent(r.plan().id(), r.sha256()));
    current = catalogue;
    LOG.infof("plans: %s from %s", catalogue, files.where());
    return List.of();
  }

  private static String lines(List<PlanError> errors) {
    return errors.stream().map(e -> "\n  " + e).collect(joining());
  }
}
