package dev.berth.plan;

import dev.berth.tenant.Subject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object that must exist in the cluster, as plain data. Its manifest is a matter of the target.
 */
public sealed interface Resource {

  Key key();

  /** What an object is found by. A namespace lies in itself. */
  record Key(String namespace, Kind kind, String name) {

    public static Key ofNamespace(String namespace) {
      return new Key(namespace, Kind.Namespace, namespace);
    }

    @Override
    public String toString() {
      return kind == Kind.Namespace ? "Namespace " + name : kind + " " + namespace + "/" + name;
    }
  }

  /** Spelled as in Kubernetes. */
  enum Kind {
    Namespace,
    ServiceAccount,
    NetworkPolicy,
    ResourceQuota,
    LimitRange,
    RoleBinding
  }

  /**
   * A namespace of a tenant.
   *
   * @param labels all labels beyond those that Berth puts on each of its objects
   */
  record Namespace(String namespace, Map<String, String> labels, Map<String, String> annotations)
      implements Resource {
    public Namespace {
      labels = Map.copyOf(labels);
      annotations = Map.copyOf(annotations);
    }

    @Override
    public Key key() {
      return Key.ofNamespace(namespace);
    }
  }

  /** The account {@code default}, without a token in every pod. */
  record ServiceAccount(String namespace) implements Resource {
    @Override
    public Key key() {
      return new Key(namespace, Kind.ServiceAccount, "default");
    }
  }

  /**
   * The policy {@code isolation}: denies both ways, with these exceptions.
   *
   * @param dns to the cluster's DNS
   * @param resolvers addresses of DNS caches beside the cluster's DNS, where that is allowed
   * @param peers namespaces of the same tenant that may be talked to both ways, by name
   * @param ingress label sets of namespaces that may connect in
   * @param egress blocks that may be connected to, each with blocks taken out of it
   */
  record NetworkPolicy(
      String namespace,
      boolean dns,
      List<String> resolvers,
      List<String> peers,
      List<Map<String, String>> ingress,
      List<Block> egress)
      implements Resource {
    public NetworkPolicy {
      resolvers = List.copyOf(resolvers);
      peers = List.copyOf(peers);
      ingress = List.copyOf(ingress);
      egress = List.copyOf(egress);
    }

    @Override
    public Key key() {
      return new Key(namespace, Kind.NetworkPolicy, "isolation");
    }
  }

  record Block(Ipv4Block cidr, List<Ipv4Block> except) {
    public Block {
      except = List.copyOf(except);
    }
  }

  /**
   * The quota {@code berth}.
   *
   * @param hard quantities as Kubernetes writes them
   */
  record ResourceQuota(String namespace, Map<String, String> hard) implements Resource {
    public ResourceQuota {
      hard = Map.copyOf(hard);
    }

    @Override
    public Key key() {
      return new Key(namespace, Kind.ResourceQuota, "berth");
    }
  }

  /**
   * The limits {@code berth} per container and pod; quantities as Kubernetes writes them.
   *
   * @param fixed whether requests must be limits, of containers and of pods: a virtual machine is
   *     as large as the limit from its start
   */
  record LimitRange(String namespace, Limits byDefault, @Nullable Limits min, boolean fixed)
      implements Resource {
    @Override
    public Key key() {
      return new Key(namespace, Kind.LimitRange, "berth");
    }
  }

  /**
   * Sizes of a container or a pod.
   *
   * @param ephemeral on the disk of the node
   */
  record Limits(String memory, @Nullable String cpu, @Nullable String ephemeral) {}

  /** Access. No subjects = no one; the object stays, so that a late write finds it. */
  record RoleBinding(String namespace, String name, String clusterRole, List<Subject> subjects)
      implements Resource {
    public RoleBinding {
      subjects = List.copyOf(subjects);
    }

    @Override
    public Key key() {
      return new Key(namespace, Kind.RoleBinding, name);
    }
  }
}
