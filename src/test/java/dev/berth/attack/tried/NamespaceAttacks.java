package dev.berth.attack.tried;

import static dev.berth.attack.Guard.BERTH_NAMESPACE_GUARD;
import static dev.berth.attack.Guard.RBAC;
import static dev.berth.attack.Identity.OPENED;
import static dev.berth.attack.Identity.OWNER;
import static dev.berth.attack.Identity.WORKLOAD;
import static dev.berth.attack.Paths.ALPHA;
import static dev.berth.attack.Paths.NAMESPACES;
import static dev.berth.attack.Request.apply;
import static dev.berth.attack.Request.create;
import static dev.berth.attack.Request.delete;
import static dev.berth.attack.Request.json;
import static dev.berth.attack.Request.merge;
import static dev.berth.attack.Request.replace;
import static dev.berth.attack.Request.strategic;

import dev.berth.attack.Attack;
import dev.berth.attack.Request;
import java.util.function.Function;
import java.util.stream.Stream;

/** The own namespace, by every path to its labels, and namespaces that look like a tenant's. */
final class NamespaceAttacks {
  private static final String STATUS = ALPHA + "/status";
  private static final String BARE =
      "{'apiVersion': 'v1', 'kind': 'Namespace', 'metadata': {'name': 'tenant-alpha'}, 'spec': {'finalizers': []}}";

  private NamespaceAttacks() {}

  static Stream<Attack> all() {
    return Stream.of(byEveryPath(), whatTheSandboxRestsOn(), names(), ends())
        .flatMap(Function.identity());
  }

  private static Stream<Attack> byEveryPath() {
    String shared = "{'metadata': {'labels': {'berth.dev/isolation': 'shared'}}}";
    String op =
        "[{'op': 'replace', 'path': '/metadata/labels/berth.dev~1isolation', 'value': 'shared'}]";
    String object =
        "{'apiVersion': 'v1', 'kind': 'Namespace', 'metadata': {'name': 'tenant-alpha', 'labels': {'berth.dev/isolation': 'shared'}}}";
    return Stream.of(
            merge("CVE-2022-46167: no sandbox by merge patch", ALPHA, shared),
            strategic("no sandbox by strategic patch", ALPHA, shared),
            json("no sandbox by JSON patch", ALPHA, op),
            apply("no sandbox by apply", ALPHA, object),
            replace("no labels by PUT", ALPHA, BARE),
            merge("no sandbox by the status", STATUS, shared),
            json("no sandbox by JSON patch of the status", STATUS, op),
            apply("no sandbox by apply of the status", STATUS, object),
            replace("no labels by PUT of the status", STATUS, BARE),
            replace("no labels and no finalizer by finalize", ALPHA + "/finalize", BARE))
        .flatMap(NamespaceAttacks::refused);
  }

  private static Stream<Attack> whatTheSandboxRestsOn() {
    String label = "{'metadata': {'labels': {'%s': %s}}}";
    String annotation = "{'metadata': {'annotations': {'%s': %s}}}";
    String enforce = "pod-security.kubernetes.io/enforce";
    return Stream.of(
            merge(
                "CVE-2026-41052: pod security lowered",
                ALPHA,
                label.formatted(enforce, "'privileged'")),
            merge("pod security taken away", ALPHA, label.formatted(enforce, "null")),
            merge(
                "pod security of an old version",
                ALPHA,
                label.formatted(enforce + "-version", "'v1.0'")),
            merge("another class", ALPHA, label.formatted("berth.dev/runtime-class", "'runc'")),
            merge("no class", ALPHA, label.formatted("berth.dev/runtime-class", "null")),
            merge("another tenant", ALPHA, label.formatted("berth.dev/tenant", "'beta'")),
            merge("CVE-2025-55205: one more label", ALPHA, label.formatted("berth.dev/x", "'y'")),
            merge(
                "more taints tolerated",
                ALPHA,
                annotation.formatted("berth.dev/tolerations", "'a'")),
            merge(
                "more nodes to select",
                ALPHA,
                annotation.formatted("berth.dev/node-selector", "'a=b'")),
            merge(
                "another provisioning id",
                ALPHA,
                annotation.formatted("berth.dev/provisioning-id", "null")))
        .flatMap(NamespaceAttacks::refused);
  }

  private static Stream<Attack> names() {
    String named = "{'metadata': {'name': '%s'}}";
    return Stream.of(
            create("CVE-2024-39690: the name of a tenant", NAMESPACES, named.formatted("tenant-x")),
            create("one more namespace", NAMESPACES, named.formatted("tenant-alpha--more")),
            create("a generated name", NAMESPACES, "{'metadata': {'generateName': 'tenant-'}}"),
            create(
                "a name with labels like Berth's",
                NAMESPACES,
                "{'metadata': {'name': 'tenant-x', 'labels': {'berth.dev/isolation': 'shared'}}}"),
            apply(
                "a name by apply",
                NAMESPACES + "/tenant-y",
                "{'apiVersion': 'v1', 'kind': 'Namespace', 'metadata': {'name': 'tenant-y'}}"))
        .flatMap(NamespaceAttacks::refused);
  }

  private static Stream<Attack> ends() {
    String owner =
        "{'metadata': {'ownerReferences': [{'apiVersion': 'v1', 'kind': 'Node', 'name': 'n', 'uid': 'u'}]}}";
    String annotation = "{'metadata': {'annotations': {'scheduler.alpha.kubernetes.io/%s': 'a'}}}";
    return Stream.concat(
        Stream.of(
                delete("the end of the own namespace", ALPHA),
                merge("an owner planted", ALPHA, owner),
                merge("a finalizer planted", ALPHA, "{'metadata': {'finalizers': ['a/b']}}"),
                merge("nodes of its own choice", ALPHA, annotation.formatted("node-selector")),
                merge("taints tolerated", ALPHA, annotation.formatted("defaultTolerations")),
                merge(
                    "no other guard",
                    ALPHA,
                    "{'metadata': {'labels': {'admission.gatekeeper.sh/ignore': 'a'}}}"))
            .flatMap(NamespaceAttacks::refused),
        Stream.of(
            merge("a label of its own", ALPHA, "{'metadata': {'labels': {'team': 'a'}}}")
                .by(WORKLOAD, RBAC),
            create("a namespace of another name", NAMESPACES, "{'metadata': {'name': 'mine'}}")
                .by(OWNER, RBAC)));
  }

  private static Stream<Attack> refused(Request request) {
    return Stream.of(request.by(OWNER, RBAC), request.by(OPENED, BERTH_NAMESPACE_GUARD));
  }
}
