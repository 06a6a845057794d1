package dev.berth.plan;

import dev.berth.tenant.condition.ConditionType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One change of the cluster, or one proof by it. Idempotent: running it again meets its own work.
 * It runs when all of {@link #after} are {@link Outcome.Done}.
 */
public sealed interface Operation {

  /** Unique within the operations of one tenant, and readable. */
  String id();

  /** Ids of the operations that must be done first. */
  List<String> after();

  /** The condition that this operation's outcome decides. */
  ConditionType condition();

  /** Whether it revokes access to the tenant's namespaces, and gives none. */
  default boolean takesAccess() {
    return this instanceof Revoke
        || (this instanceof Close && condition() == ConditionType.AccessReady);
  }

  /** Brings an object to what it shall be; a plan holds one for each object at most. */
  sealed interface Write extends Operation {

    Resource resource();

    /** The recorded uid, null if none was read back yet. */
    @Nullable String uid();

    @Override
    default String id() {
      return "apply " + resource().key();
    }

    @Override
    default ConditionType condition() {
      return switch (resource()) {
        case Resource.Namespace n -> ConditionType.NamespacesReady;
        case Resource.ServiceAccount s -> ConditionType.NamespacesReady;
        case Resource.NetworkPolicy p -> ConditionType.NetworkIsolated;
        case Resource.ResourceQuota q -> ConditionType.QuotaReady;
        case Resource.LimitRange l -> ConditionType.QuotaReady;
        case Resource.RoleBinding b -> ConditionType.AccessReady;
      };
    }
  }

  /** Makes the object exist as described. */
  record Apply(Resource resource, @Nullable String uid, List<String> after) implements Write {
    public Apply {
      after = List.copyOf(after);
    }
  }

  /**
   * Narrows what the tenant has to a resource that lets nobody and nothing in, such as a binding
   * without subjects. Done where nothing is left to be closed: its namespace is gone or another's,
   * or the object is another's or about to go. Else the object is there afterwards, because a late
   * creation must meet it.
   */
  record Close(Resource resource, @Nullable String uid, List<String> after) implements Write {
    public Close {
      after = List.copyOf(after);
    }
  }

  /**
   * Removes every subject from the bindings of the namespace that may not have access; adds none,
   * so it needs no proof. Done only when every binding of the namespace was read and none holds
   * more. If there is no such namespace, or it is foreign, there is nothing to do.
   *
   * @param most Berth's bindings, each with those who may be in at most
   * @param uids the recorded uids by the bindings' names
   */
  record Revoke(
      String namespace,
      List<Resource.RoleBinding> most,
      Map<String, String> uids,
      List<String> after)
      implements Operation {
    public Revoke {
      most = List.copyOf(most);
      uids = Map.copyOf(uids);
      after = List.copyOf(after);
    }

    @Override
    public String id() {
      return "revoke " + namespace;
    }

    @Override
    public ConditionType condition() {
      return ConditionType.AccessReady;
    }

    /** Whether no one may have access. */
    public boolean closes() {
      return most.stream().allMatch(binding -> binding.subjects().isEmpty());
    }
  }

  /** Makes the API server prove something about the namespace. */
  record Verify(String namespace, Proof proof, List<String> after) implements Operation {
    public Verify {
      after = List.copyOf(after);
    }

    @Override
    public String id() {
      return "verify " + proof + " " + namespace;
    }

    @Override
    public ConditionType condition() {
      return switch (proof) {
        case Proof.QuotaBinds q -> ConditionType.QuotaReady;
        case Proof.ProbeDenied p -> ConditionType.RuntimeEnforced;
        case Proof.ClassDefaulted c -> ConditionType.RuntimeEnforced;
        case Proof.ClassRequired c -> ConditionType.RuntimeEnforced;
      };
    }
  }

  /** What is to be proven. */
  sealed interface Proof {
    /**
     * The quota controller has taken over the quota's {@code spec.hard}; until then it does not
     * bind.
     */
    record QuotaBinds() implements Proof {
      @Override
      public String toString() {
        return "quota";
      }
    }

    /** A pod of the class {@code berth-probe} is denied by Berth's own policy and binding. */
    record ProbeDenied() implements Proof {
      @Override
      public String toString() {
        return "sandbox";
      }
    }

    /**
     * A pod without a class comes back with the class and its overhead. Only in a new, empty
     * namespace.
     */
    record ClassDefaulted(SandboxClass expected) implements Proof {
      @Override
      public String toString() {
        return "default";
      }
    }

    /**
     * A pod without a class is denied by Berth's own policy: where the cluster has no mutating
     * policies.
     */
    record ClassRequired() implements Proof {
      @Override
      public String toString() {
        return "required";
      }
    }
  }

  /** Deletes the pods of the namespace; done when none is left. */
  record EvictPods(String namespace, List<String> after) implements Operation {
    public EvictPods {
      after = List.copyOf(after);
    }

    @Override
    public String id() {
      return "evict pods " + namespace;
    }

    @Override
    public ConditionType condition() {
      return ConditionType.NamespacesReady;
    }
  }

  /**
   * Deletes the pods of the namespace that run under weaker rules than it has by now; done when
   * none of them is left.
   */
  record EvictUnfit(String namespace, Unfit unfit, List<String> after) implements Operation {
    public EvictUnfit {
      after = List.copyOf(after);
    }

    @Override
    public String id() {
      return "evict pods " + unfit + " " + namespace;
    }

    @Override
    public ConditionType condition() {
      return ConditionType.RuntimeEnforced;
    }
  }

  /** Which pods run under weaker rules. */
  sealed interface Unfit {
    /** Those of another class. */
    record Outside(String runtimeClass) implements Unfit {
      @Override
      public String toString() {
        return "outside " + runtimeClass;
      }
    }

    /** Those that were admitted before the rules of the namespace were last written. */
    record Earlier() implements Unfit {
      @Override
      public String toString() {
        return "of earlier rules";
      }
    }
  }

  /**
   * Deletes the object; done when the API server answers 404 for it, or holds another uid under its
   * name.
   *
   * @param uid the recorded uid; null = an object that carries the tenant's provisioning id is
   *     found by name first
   */
  record Delete(Resource.Key key, @Nullable String uid, List<String> after) implements Operation {
    public Delete {
      after = List.copyOf(after);
    }

    @Override
    public String id() {
      return "delete " + key;
    }

    @Override
    public ConditionType condition() {
      return key.kind() == Resource.Kind.RoleBinding
          ? ConditionType.AccessReady
          : ConditionType.NamespacesReady;
    }
  }
}
