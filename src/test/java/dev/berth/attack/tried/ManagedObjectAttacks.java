package dev.berth.attack.tried;

import static dev.berth.attack.Guard.BERTH_MANAGED;
import static dev.berth.attack.Guard.RBAC;
import static dev.berth.attack.Identity.OPENED;
import static dev.berth.attack.Identity.OWNER;
import static dev.berth.attack.Paths.ALPHA;
import static dev.berth.attack.Request.create;
import static dev.berth.attack.Request.delete;
import static dev.berth.attack.Request.json;
import static dev.berth.attack.Request.merge;
import static dev.berth.attack.Request.replace;

import dev.berth.attack.Attack;
import dev.berth.attack.Request;
import dev.berth.installation.ManagedObject;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/** Every object that limits the tenant: changed, deleted, or outvoted by one more. */
final class ManagedObjectAttacks {
  private ManagedObjectAttacks() {}

  static Stream<Attack> all() {
    return Stream.concat(
        Stream.concat(
                Arrays.stream(ManagedObject.values()).flatMap(ManagedObjectAttacks::of), rest())
            .flatMap(it -> Stream.of(it.by(OWNER, RBAC), it.by(OPENED, BERTH_MANAGED))),
        defaultAccount()
            .flatMap(it -> Stream.of(it.by(OWNER, BERTH_MANAGED), it.by(OPENED, BERTH_MANAGED))));
  }

  private static Stream<Request> of(ManagedObject object) {
    String kind = object.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    String collection = object.collection("tenant-alpha");
    String name = berths(object);
    String path = collection + "/" + name;
    String finalizer = "[{'op': 'add', 'path': '/metadata/finalizers', 'value': ['a/b']}]";
    return Stream.of(
        create("one more " + kind, collection, object.named("another")),
        replace("another content of the " + kind, path, object.named(name)),
        merge("no labels at the " + kind, path, "{'metadata': {'labels': null}}"),
        json("a finalizer at the " + kind, path, finalizer),
        delete("no " + kind, path),
        delete("no %s at all".formatted(kind), collection));
  }

  private static Stream<Request> rest() {
    String account = ALPHA + "/serviceaccounts/default";
    return Stream.of(
        merge(
            "a quota that counts nothing",
            ALPHA + "/resourcequotas/berth/status",
            "{'status': {'used': {'pods': '0'}}}"),
        delete("no account at all", ALPHA + "/serviceaccounts"),
        create("a token of the default account", account + "/token", "{'spec': {}}"),
        merge(
            "CVE-2024-7598: a network policy that lets everything out",
            "/apis/networking.k8s.io/v1/namespaces/tenant-alpha/networkpolicies/isolation",
            "{'spec': {'egress': [{}]}}"),
        create(
            "a policy of the network engine that lets everything out",
            "/apis/cilium.io/v1/namespaces/tenant-alpha/ciliumnetworkpolicies",
            "{'apiVersion': 'cilium.io/v1', 'kind': 'CiliumNetworkPolicy', 'metadata': {'generateName': 'open-'},"
                + " 'spec': {'endpointSelector': {}, 'egress': [{'toEntities': ['all']}]}}"));
  }

  /** Owners have accounts of their own, so RBAC lets them to this one as well. */
  private static Stream<Request> defaultAccount() {
    String account = ALPHA + "/serviceaccounts/default";
    return Stream.of(
        merge("a token in every pod", account, "{'automountServiceAccountToken': true}"),
        json(
            "a finalizer at the default account",
            account,
            "[{'op': 'add', 'path': '/metadata/finalizers', 'value': ['a/b']}]"),
        delete("no default account", account));
  }

  private static String berths(ManagedObject object) {
    return switch (object) {
      case NETWORK_POLICY -> "isolation";
      case RESOURCE_QUOTA, LIMIT_RANGE -> "berth";
      case ROLE_BINDING -> "berth-owner";
    };
  }
}
