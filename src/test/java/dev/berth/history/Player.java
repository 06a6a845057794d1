package dev.berth.history;

import static java.util.stream.Collectors.joining;

import dev.berth.delivery.ControlPlane;
import dev.berth.delivery.evidence.TenantEvent;
import dev.berth.history.judge.evidence.Ledger;
import dev.berth.history.plot.Deed;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.SubjectBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Does what the steps say: sends events, and breaks the glass. */
final class Player {
  private static final String OWNER = "berth-owner";

  private final ControlPlane controlPlane;
  private final KubernetesClient breakGlass;
  private final OperatorHands operator;
  private final Ledger ledger;
  private final Clock clock;
  private final Map<String, List<TenantEvent>> sent = new ConcurrentHashMap<>();

  Player(
      ControlPlane controlPlane,
      KubernetesClient breakGlass,
      OperatorHands operator,
      Ledger ledger,
      Clock clock) {
    this.operator = operator;
    this.controlPlane = controlPlane;
    this.breakGlass = breakGlass;
    this.ledger = ledger;
    this.clock = clock;
  }

  void play(String tenant, Deed deed) {
    Instant at = clock.instant();
    String outcome = "";
    try {
      outcome =
          switch (deed) {
            case Deed.Send send -> send(tenant, event(tenant, send));
            case Deed.Again again -> again(tenant, again);
            case Deed.Relabel relabel -> relabel(at, relabel);
            case Deed.LetIn letIn -> letIn(at, letIn);
            case Deed.Foreign foreign -> foreign(at, foreign);
            case Deed.Unbind unbind -> unbind(at, unbind);
            case Deed.Destroy destroy -> destroy(at, destroy);
            case Deed.Act act -> operator.act(tenant, act);
            case Deed.StartPod start -> startPod(start);
          };
    } catch (KubernetesClientException refused) {
      outcome = " (not done: " + refused.getCode() + ")";
    }
    ledger.did(at, tenant, deed + outcome);
  }

  private String send(String tenant, TenantEvent event) {
    sent.computeIfAbsent(tenant, t -> new ArrayList<>()).add(event);
    controlPlane.send(event);
    return "";
  }

  private String again(String tenant, Deed.Again again) {
    List<TenantEvent> before = sent.getOrDefault(tenant, List.of());
    if (again.before() < before.size()) {
      controlPlane.send(before.get(before.size() - 1 - again.before()));
    }
    return "";
  }

  private String relabel(Instant at, Deed.Relabel relabel) {
    String value = relabel.value().isEmpty() ? "null" : "\"" + relabel.value() + "\"";
    breakGlass
        .namespaces()
        .withName(relabel.namespace())
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\": {\"labels\": {\"%s\": %s}}}".formatted(relabel.key(), value));
    ledger.tampered(at, relabel.namespace(), "label " + relabel.key());
    return "";
  }

  /** Noted before it is done, so that the judge knows whom it sees. */
  private String letIn(Instant at, Deed.LetIn letIn) {
    ledger.letIn(at, letIn.intruder());
    ledger.tampered(at, letIn.namespace(), "let in " + letIn.intruder());
    Resource<RoleBinding> binding = binding(letIn.namespace(), OWNER);
    if (letIn.instead()) {
      RoleBinding anew = binding.get();
      if (anew == null) {
        return " (there is none)";
      }
      binding.delete();
      anew.getMetadata().setResourceVersion(null);
      anew.getMetadata().setUid(null);
      anew.setSubjects(List.of(group(letIn.intruder())));
      breakGlass.resource(anew).create();
    } else {
      binding.edit(it -> new RoleBindingBuilder(it).addToSubjects(group(letIn.intruder())).build());
    }
    return "";
  }

  private String foreign(Instant at, Deed.Foreign foreign) {
    ledger.letIn(at, foreign.intruder());
    breakGlass
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withName("foreign-" + foreign.intruder())
                .withNamespace(foreign.namespace())
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "berth-tenant-admin")
                .withSubjects(group(foreign.intruder()))
                .build())
        .create();
    return "";
  }

  private String unbind(Instant at, Deed.Unbind unbind) {
    ledger.tampered(at, unbind.namespace(), "let in nobody");
    binding(unbind.namespace(), OWNER).delete();
    return "";
  }

  private String destroy(Instant at, Deed.Destroy destroy) {
    ledger.tampered(at, destroy.namespace(), "deleted");
    breakGlass.namespaces().withName(destroy.namespace()).delete();
    return "";
  }

  private String startPod(Deed.StartPod start) {
    Namespace namespace = breakGlass.namespaces().withName(start.namespace()).get();
    if (namespace == null) {
      return " (there is none)";
    }
    String own = namespace.getMetadata().getLabels().get("berth.dev/runtime-class");
    String named = start.runtimeClass().isEmpty() ? own : start.runtimeClass();
    breakGlass.raw(
        "/api/v1/namespaces/" + start.namespace() + "/pods", "POST", pod(named).replace('\'', '"'));
    return " in " + named;
  }

  private static String pod(@Nullable String runtimeClass) {
    return """
    {'metadata': {'generateName': 'p-'},
     'spec': {%s'securityContext': {'runAsNonRoot': true, 'seccompProfile': {'type': 'RuntimeDefault'}},
              'containers': [{'name': 'c', 'image': 'i', 'imagePullPolicy': 'Always',
                              'securityContext': {'allowPrivilegeEscalation': false,
                                                  'capabilities': {'drop': ['ALL']}}}]}}\
    """
        .formatted(runtimeClass == null ? "" : "'runtimeClassName': '" + runtimeClass + "', ");
  }

  private Resource<RoleBinding> binding(String namespace, String name) {
    return breakGlass.rbac().roleBindings().inNamespace(namespace).withName(name);
  }

  private static io.fabric8.kubernetes.api.model.rbac.Subject group(String name) {
    return new SubjectBuilder()
        .withApiGroup("rbac.authorization.k8s.io")
        .withKind("Group")
        .withName(name)
        .build();
  }

  private static TenantEvent event(String tenant, Deed.Send send) {
    String data =
        send.type().equals("offboarding-requested")
            ? "{\"generation\": %d, \"reason\": \"the history says so\"}"
                .formatted(send.generation())
            : "{\"generation\": %d, \"plan\": \"%s\", \"owners\": [%s], \"viewers\": [%s]%s}"
                .formatted(
                    send.generation(),
                    send.plan(),
                    groups(send.owners()),
                    groups(send.viewers()),
                    send.sandboxes() == 0 ? "" : ", \"sandboxes\": " + send.sandboxes());
    String id = "%s-%d".formatted(tenant, send.generation());
    return new TenantEvent(id, tenant, "dev.berth.tenant.%s.v1".formatted(send.type()), data);
  }

  private static String groups(List<String> names) {
    return names.stream()
        .map("{\"kind\": \"Group\", \"name\": \"%s\"}"::formatted)
        .collect(joining(", "));
  }
}
