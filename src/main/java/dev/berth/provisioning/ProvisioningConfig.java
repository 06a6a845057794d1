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

  /** The name of the cluster; events for another one are acknowledged untouched. */
  @WithDefault("local")
  String cluster();

  TopicSettings topics();

  EventSettings events();

  WorkSettings work();

  CapacitySettings capacity();

  IsolationSettings isolation();

  /** Names of the Kafka topics. */
  interface TopicSettings {
    @WithDefault("tenant.events")
    String events();

    @WithDefault("tenant.lifecycle")
    String lifecycle();

    @WithDefault("tenant.state")
    String state();

    @WithDefault("tenant.quarantine")
    String quarantine();
  }

  /** What is taken in. */
  interface EventSettings {
    /** Who may write to the input topic, compared exactly; nobody unless named here. */
    Optional<Set<String>> sources();

    /** The largest step that a generation may take. */
    @WithDefault("1000000")
    long generationGap();
  }

  /** How much of the nodes for sandboxes is given to tenants. */
  interface CapacitySettings {
    /** Of the nodes' allocatable memory and CPU; 1 = no more than they have. */
    @WithDefault("1.0")
    double overcommit();

    /** Sandboxes that may start at once per Ready node; absent = any number. */
    OptionalLong startsPerNode();

    /** To which RuntimeClass tenants are moved that run in the one that is the key. */
    Map<String, String> moves();

    /** For how long the sandboxes of a tenant that was given room count as starting. */
    @WithDefault("30s")
    Duration startWindow();
  }

  /** How due tenants are worked on. */
  interface WorkSettings {
    /** Tenants worked on at the same time, per replica. */
    @WithDefault("32")
    int tenantsInFlight();

    /** How long a claim holds. Work stops {@link #leaseMargin} before its end. */
    @WithDefault("30s")
    Duration lease();

    @WithDefault("5s")
    Duration leaseMargin();

    /** How often due tenants are looked for when nothing hints at one. */
    @WithDefault("250ms")
    Duration poll();

    /** The wait after the first failed attempt; it doubles up to {@link #backoffMax}. */
    @WithDefault("500ms")
    Duration backoff();

    @WithDefault("60s")
    Duration backoffMax();

    /** How often a blocked tenant is looked at again, if no change wakes it before. */
    @WithDefault("45s")
    Duration blockedRecheck();

    /** How often a ready tenant is compared with the cluster. */
    @WithDefault("1h")
    Duration readyRecheck();

    /** How often namespaces are looked for that no tenant knows any more; {@code off} = never. */
    @WithDefault("5m")
    String sweep();
  }

  /** When the isolation of open tenants is verified. */
  interface IsolationSettings {
    /** So long after a tenant became ready with a new generation. */
    @WithDefault("20s")
    Duration after();

    /** So long after it was verified. */
    @WithDefault("24h")
    Duration every();

    /** So long after it was found broken, or after there was no answer. */
    @WithDefault("1m")
    Duration retry();
  }
}
