package dev.berth.api.plans;

import static java.util.stream.Collectors.toMap;

import dev.berth.api.figures.Figures;
import dev.berth.api.plans.PlanViews.BudgetView;
import dev.berth.api.plans.PlanViews.DiffView;
import dev.berth.api.plans.PlanViews.Edition;
import dev.berth.api.plans.PlanViews.PlanDetail;
import dev.berth.api.plans.PlanViews.PlanItem;
import dev.berth.api.plans.PlanViews.PlanList;
import dev.berth.api.plans.PlanViews.VersionView;
import dev.berth.api.problem.NothingThere;
import dev.berth.api.problem.Parameters;
import dev.berth.catalogue.Catalogue;
import dev.berth.catalogue.PlanDirectory;
import dev.berth.plan.ClusterFacts;
import dev.berth.plan.Plan;
import dev.berth.plan.SandboxClass;
import dev.berth.plan.capacity.Budget;
import dev.berth.provisioning.observation.FieldChange;
import dev.berth.store.Backlog;
import dev.berth.store.Backlog.Figure;
import dev.berth.store.PlanReleases;
import dev.berth.tenant.PlanRef;
import dev.berth.tenant.PlanVersion;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Brings together the catalogue, when its versions were released, and who is on them. */
@ApplicationScoped
public class PlanShelf {

  private static final String RULE = "the number of a version";
  private static final Comparator<PlanVersion> NEWEST_FIRST =
      Comparator.comparing(PlanVersion::name)
          .thenComparing(PlanVersion::version, Comparator.reverseOrder());

  private final PlanDirectory directory;
  private final PlanReleases releases;
  private final Figures figures;
  private final Supplier<ClusterFacts> facts;

  PlanShelf(
      PlanDirectory directory,
      PlanReleases releases,
      Figures figures,
      Supplier<ClusterFacts> facts) {
    this.directory = directory;
    this.releases = releases;
    this.figures = figures;
    this.facts = facts;
  }

  public PlanList list() {
    Figures.Counted counted = figures.latest();
    Map<String, List<VersionView>> plans = versions(counted.backlog());
    return new PlanList(
        plans.entrySet().stream().map(e -> new PlanItem(e.getKey(), e.getValue())).toList(),
        directory.errors(),
        directory.wrongSince(),
        counted.readAt());
  }

  /** The plan of that name, in the version and beside the one that the parameters name. */
  public PlanDetail asked(String name, Map<String, List<String>> given) {
    Parameters parameters = new Parameters(given, Set.of("from", "to"));
    PlanRef from = parameters.read("from", text -> version(name, text), RULE);
    PlanRef to = parameters.read("to", text -> version(name, text), RULE);
    parameters.check();
    PlanRef wanted = to == null ? new PlanRef(name, null) : to;
    return detail(known(wanted), from == null ? null : known(from));
  }

  private static Optional<PlanRef> version(String name, @Nullable String text) {
    return PlanRef.parse("any@" + text).map(any -> new PlanRef(name, any.version()));
  }

  private Catalogue.Release known(PlanRef ref) {
    return directory
        .current()
        .release(ref)
        .orElseThrow(() -> new NothingThere("The catalogue has no plan " + ref + "."));
  }

  /**
   * @param from to compare it with; null = with none
   */
  private PlanDetail detail(Catalogue.Release release, Catalogue.@Nullable Release from) {
    Plan plan = release.plan();
    List<VersionView> all =
        versions(figures.latest().backlog()).getOrDefault(plan.id().name(), List.of());
    return new PlanDetail(
        new Edition(plan.id().name(), plan.id().version(), all),
        release.document(),
        budget(plan),
        from == null ? null : diff(from, release));
  }

  private DiffView diff(Catalogue.Release from, Catalogue.Release to) {
    return new DiffView(
        from.plan().id().version(),
        to.plan().id().version(),
        FieldChange.between(from.document(), to.document()),
        FieldChange.between(budget(from.plan()).quotas(), budget(to.plan()).quotas()));
  }

  private BudgetView budget(Plan plan) {
    SandboxClass runtime =
        plan.isolation() == Plan.Isolation.SANDBOXED
            ? facts.get().sandboxFor(plan.sandbox())
            : null;
    int sandboxes = plan.sandbox().count().byDefault();
    return new BudgetView(
        sandboxes,
        runtime == null ? null : runtime.name(),
        new Budget(plan, runtime, sandboxes).quotas());
  }

  private Map<String, List<VersionView>> versions(Backlog backlog) {
    Map<PlanVersion, Instant> released = releases.releasedAt();
    Map<PlanVersion, Long> tenants =
        backlog
            .of(Figure.PLAN)
            .collect(
                toMap(
                    tally -> new PlanVersion(tally.label(), Integer.parseInt(tally.detail())),
                    Backlog.Tally::number));
    TreeSet<PlanVersion> all = new TreeSet<>(NEWEST_FIRST);
    directory.current().releases().forEach(release -> all.add(release.plan().id()));
    all.addAll(tenants.keySet());
    Map<String, List<VersionView>> byName = new TreeMap<>();
    for (PlanVersion id : all) {
      VersionView view =
          new VersionView(
              id.version(),
              directory.current().find(id).isPresent(),
              released.get(id),
              tenants.getOrDefault(id, 0L));
      byName.computeIfAbsent(id.name(), name -> new ArrayList<>()).add(view);
    }
    return byName;
  }
}
