package dev.berth.provisioning;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What makes this Berth this one, and the pace of its work. */
@ConfigMapping(prefix = "berth")
public interface ProvisioningConfig {

  /**
   * Name of this cluster, used in {@code source} of every event and in the relay's transactional
   * id; events for another cluster are acknowledged without effect. The database remembers it and
   * refuses another one.
   */
  @WithDefault("local")
  String cluster();

  /**
   * Whether Berth works on tenants and node pools, or reads, plans and tells what it would do, and
   * writes nothing to Kubernetes or Azure. What is asked for meanwhile waits, and is done once it
   * works.
   */
  @WithDefault("work")
  WorkMode mode();

  TopicSettings topics();

  EventSettings events();

  WorkSettings work();

  CapacitySettings capacity();

  IsolationSettings isolation();

  /** Whether anything outside may be changed. */
  enum WorkMode {
    WORK,
    OBSERVE;

    public boolean observes() {
      return this == OBSERVE;
    }
  }

  /** Names of the Kafka topics. */
  interface TopicSettings {
    /** Topic of incoming events. */
    @WithDefault("tenant.events")
    String events();

    /** Topic of the steps. */
    @WithDefault("tenant.lifecycle")
    String lifecycle();

    /** Compacted topic of the snapshots. */
    @WithDefault("tenant.state")
    String state();

    /** Topic of records that were not taken. */
    @WithDefault("tenant.quarantine")
    String quarantine();

    /** Topic of the steps of node pools; needed unless {@code berth.azure.mode} is {@code off}. */
    @WithDefault("node-pool.lifecycle")
    String nodePools();
  }

  /** What is taken in. */
  interface EventSettings {
    /**
     * CloudEvents sources that may write to the input topic, compared exactly. If none is named
     * every record is refused.
     */
    Optional<Set<String>> sources();

    /** How far a generation may be above the one before. */
    @WithDefault("1000000")
    long generationGap();

    /**
     * How long an update of an offboarded tenant waits for the {@code created} of its next life,
     * which may be on another partition, before it is rejected.
     */
    @WithDefault("10m")
    Duration awaitCreated();
  }

  /** How much of the nodes for sandboxes is given to tenants. */
  interface CapacitySettings {
    /**
     * How much of the nodes' memory and CPU is given to tenants; raise it if not all use their
     * quota, or if autoscaling adds nodes. Pods are never overcommitted.
     */
    @WithDefault("1.0")
    double overcommit();

    /**
     * How many sandboxes may start at once per Ready node: those of tenants that were given room
     * within the window. Without it any number.
     */
    OptionalLong startsPerNode();

    /** For how long the sandboxes of a tenant that was given room count as starting. */
    @WithDefault("30s")
    Duration startWindow();

    /**
     * Tenants that run in RuntimeClass {@code <from>} are moved to this one, <a
     * href="operate.md#changes">operate.md</a>. A class may be on both sides only if it is moved to
     * itself.
     */
    Map<String, String> moves();
  }

  /** How due tenants are worked on. */
  interface WorkSettings {
    /** Tenants worked on at the same time, per replica. */
    @WithDefault("32")
    int tenantsInFlight();

    /**
     * How long a claim holds; after that another replica takes over the tenants of one that died.
     */
    @WithDefault("30s")
    Duration lease();

    /** This long before the lease ends nothing more is sent; at most half of it. */
    @WithDefault("5s")
    Duration leaseMargin();

    /** How often due tenants are looked for when nothing signals one. */
    @WithDefault("250ms")
    Duration poll();

    /** The wait after the first failed attempt; it doubles. */
    @WithDefault("500ms")
    Duration backoff();

    /** The longest such wait. */
    @WithDefault("60s")
    Duration backoffMax();

    /** How often a blocked tenant is checked again, unless a change wakes it earlier. */
    @WithDefault("45s")
    Duration blockedRecheck();

    /** How often a ready tenant is compared with the cluster and repaired. */
    @WithDefault("1h")
    Duration readyRecheck();

    /**
     * How often namespaces that no longer belong to a tenant are looked for; {@code off} = never.
     */
    @WithDefault("5m")
    String sweep();
  }

  /** When the isolation of open tenants is verified. */
  interface IsolationSettings {
    /**
     * How long after a tenant became ready with a new generation its isolation is verified; up to
     * 10 minutes longer while other tenants are worked on.
     */
    @WithDefault("20s")
    Duration after();

    /** How long after a report that passed it is verified again. */
    @WithDefault("24h")
    Duration every();

    /** How long after a report that failed, or that got no answer. */
    @WithDefault("1m")
    Duration retry();
  }
}
