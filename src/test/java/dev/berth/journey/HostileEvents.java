package dev.berth.journey;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.journey.stage.Letter;
import dev.berth.journey.stage.Stage;
import dev.berth.journey.stage.Wish;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Events of a control plane that was taken over, or that lets its customers write too much. */
final class HostileEvents {

  private static final String INVALID = "InvalidData";
  private static final String FORBIDDEN = "SubjectNotAllowed";

  private HostileEvents() {}

  static List<BadInput> all() {
    return Stream.of(
            subjects(),
            kinds(),
            accounts(),
            labels(),
            whatThePlanDecides(),
            plans(),
            texts(),
            numbers(),
            ids())
        .flatMap(Function.identity())
        .toList();
  }

  private static Stream<BadInput> subjects() {
    String owner = "{'owners': [{'kind': '%s', 'name': '%s'}]}";
    return Stream.concat(
        Stream.of(
                "system:authenticated",
                "system:unauthenticated",
                "system:serviceaccounts",
                "system:nodes")
            .map(group -> event("the group " + group, FORBIDDEN, owner.formatted("Group", group))),
        Stream.of(
            event("the user system:admin", FORBIDDEN, owner.formatted("User", "system:admin")),
            event(
                "Berth itself",
                FORBIDDEN,
                owner.formatted("User", "system:serviceaccount:berth-system:berth")),
            event(
                "system:masters behind a space",
                FORBIDDEN,
                owner.formatted("Group", " system:masters")),
            event(
                "system:masters behind nothing visible",
                FORBIDDEN,
                owner.formatted("Group", "\\u200bsystem:masters")),
            event(
                "system:masters with a line end",
                FORBIDDEN,
                owner.formatted("Group", "a\\nsystem:masters")),
            event(
                "system:masters as viewer",
                FORBIDDEN,
                "{'viewers': [{'kind': 'Group', 'name': 'system:masters'}]}")));
  }

  private static Stream<BadInput> kinds() {
    return Stream.of(
        event("an owner of kind group", INVALID, "{'owners': [{'kind': 'group', 'name': 'a'}]}"),
        event(
            "an owner of kind ClusterRole",
            INVALID,
            "{'owners': [{'kind': 'ClusterRole', 'name': 'a'}]}"),
        event("an owner without a kind", INVALID, "{'owners': [{'name': 'a'}]}"),
        event(
            "a role beside an owner",
            INVALID,
            "{'owners': [{'kind': 'Group', 'name': 'a', 'role': 'cluster-admin'}]}"),
        event(
            "GHSA-c85r-fwc7-45vc: an API group beside an owner",
            INVALID,
            "{'owners': [{'kind': 'Group', 'name': 'a', 'apiGroup': ''}]}"));
  }

  private static Stream<BadInput> accounts() {
    String account =
        "{'owners': [{'kind': 'ServiceAccount', 'name': 'default', 'namespace': '%s'}]}";
    return Stream.concat(
        Stream.of(
                "kube-system",
                "berth-system",
                "tenant-another",
                "tenant-%s0",
                "%s",
                "tenant-",
                "TENANT-%s")
            .map(namespace ->
                event(
                    "CVE-2026-22039: an account in " + namespace.formatted("<id>"),
                    FORBIDDEN,
                    tenant -> account.formatted(namespace.formatted(tenant)))),
        Stream.of(
            event(
                "CVE-2023-46254: an account without a namespace",
                INVALID,
                "{'owners': [{'kind': 'ServiceAccount', 'name': 'default'}]}")));
  }

  private static Stream<BadInput> labels() {
    return Stream.concat(
        Stream.of(
                "berth.dev/isolation",
                "BERTH.DEV/isolation",
                "berth\\u2024dev/isolation",
                "berth.dev\\u2215isolation",
                "labels.berth.dev/x",
                "pod-security.kubernetes.io/enforce",
                "kubernetes.io/metadata.name",
                "/isolation",
                "\\u0430",
                "a\\n",
                "a".repeat(64))
            .map(key ->
                event(
                    "GHSA-gjw4-3v3v-rqxg: the label " + key,
                    INVALID,
                    "{'labels': {'%s': 'x'}}".formatted(key))),
        Stream.of("a b", "a\\r\\nb: c", "a/b", "{{.}}", "-")
            .map(value ->
                event(
                    "a label of value " + value,
                    INVALID,
                    "{'labels': {'a': '%s'}}".formatted(value))));
  }

  private static Stream<BadInput> whatThePlanDecides() {
    return Stream.of(
            "CVE-2026-41068: 'namespace': 'kube-system'",
            "GHSA-79gf-7frw-68m9: 'namespaces': ['kube-system']",
            "CVE-2026-41052: 'podSecurity': 'privileged'",
            "CVE-2019-14436: 'roles': ['cluster-admin']",
            "CVE-2025-47283: 'nodePool': {'vmSize': '{{ .Values.secret }}'}",
            "CVE-2025-55205: 'metadata': {'labels': {'berth.dev/isolation': 'shared'}}",
            "no quota: 'quota': {'limits.memory': 1000000000000000000}",
            "no sandbox: 'runtimeClass': 'runc'",
            "an open network: 'network': {'egress': ['0.0.0.0/0']}",
            "another role: 'access': {'owner': 'cluster-admin'}",
            "namespaces that stay: 'offboarding': {'deletion': 'Retain'}")
        .map(it -> event(it, INVALID, "{%s}".formatted(it.substring(it.indexOf(": '") + 2))));
  }

  private static Stream<BadInput> plans() {
    return Stream.of(
            "../../etc/passwd",
            "${jndi:ldap://127.0.0.1/a}",
            "{{.Plan}}",
            "starter@0",
            "starter@-1",
            "STARTER",
            "starter\\r\\nx: y",
            "starter\\u0000",
            "*")
        .map(plan -> event("the plan " + plan, INVALID, "{'plan': '%s'}".formatted(plan)));
  }

  private static Stream<BadInput> texts() {
    return Stream.of("\\u001b[2J", "a\\r\\nINFO all is well", "\\u0000", "")
        .map(text ->
            event("the name '" + text + "'", INVALID, "{'displayName': '%s'}".formatted(text)));
  }

  private static Stream<BadInput> numbers() {
    return Stream.concat(
        Stream.of("-1", "0", "1e9", "1000000000000000000", "'5'", "2.5")
            .map(number ->
                event(number + " sandboxes", INVALID, "{'sandboxes': %s}".formatted(number))),
        Stream.of(
            event(
                "the last generation of all",
                "GenerationGap",
                "{'generation': 9007199254740991}")));
  }

  /** As whole names of namespaces, and behind the prefix of tenants. */
  private static Stream<BadInput> ids() {
    return Stream.of(
            "default",
            "berth",
            "berth-system",
            "kube-public",
            "x-system",
            "a/../kube-system",
            "a%2fb",
            "acme.",
            "acme\u0000",
            "\u0430cme")
        .map(id ->
            new BadInput(
                "CVE-2024-39690: the tenant id " + id,
                id,
                Letter.event("created.v1", id, Wish.of("starter").json()),
                id.contains("\u0000") ? "NotCloudEvent" : "InvalidTenantId",
                false));
  }

  private static BadInput event(String name, String reason, String change) {
    return event(name, reason, tenant -> change);
  }

  private static BadInput event(String name, String reason, Function<String, String> change) {
    String tenant = Stage.tenant("hostile");
    ObjectNode data = (ObjectNode) Stage.json(Wish.of("starter").json());
    data.setAll((ObjectNode) Stage.json(Stage.quoted(change.apply(tenant))));
    Letter letter = Letter.event("created.v1", tenant, "{}").value(data.toString().getBytes(UTF_8));
    return new BadInput(name, tenant, letter, reason, true);
  }
}
