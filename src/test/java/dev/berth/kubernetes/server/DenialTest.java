package dev.berth.kubernetes.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.kubernetes.Hands;
import dev.berth.kubernetes.server.Denial.DenialKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** G16: who refused is told apart, so that a stranger's refusal is not taken for Berth's. */
class DenialTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          403 | pods "berth-probe-" is forbidden: ValidatingAdmissionPolicy 'berth-sandbox' with binding 'berth-sandbox' denied request: pod must run in the sandbox: runtimeClassName is "berth-probe", this namespace requires "kata-vm-isolation" | POLICY | berth-sandbox
          403 | pods "berth-probe-" is forbidden: ValidatingAdmissionPolicy 'berth-host-access' with binding 'mine' denied request: x | POLICY | berth-host-access with binding mine
          422 | pods "berth-probe-" is forbidden: ValidatingAdmissionPolicy 'sizes' with binding 'sizes' denied request: spec.containers[0] is too large | POLICY | sizes
          403 | pods "berth-probe-" is forbidden: ValidatingAdmissionPolicy 'sly' with binding 'sly' denied request: ValidatingAdmissionPolicy 'berth-sandbox' with binding 'berth-sandbox' denied request: x | POLICY | sly
          403 | admission webhook "validate.kyverno.svc" denied the request: no | WEBHOOK | validate.kyverno.svc
          400 | admission webhook "sly.example.com" denied the request without explanation | WEBHOOK | sly.example.com
          403 | admission webhook "sly.example.com" denied the request: ValidatingAdmissionPolicy 'berth-sandbox' with binding 'berth-sandbox' denied request: x | WEBHOOK | sly.example.com
          403 | admission webhook "sly.example.com" denied the request: exceeded quota: berth | WEBHOOK | sly.example.com
          500 | Internal error occurred: failed calling webhook "validate.kyverno.svc-fail": failed to call webhook: Post "https://kyverno-svc.kyverno.svc:443/validate/fail?timeout=10s": dial tcp 10.0.12.7:443: connect: connection refused | WEBHOOK_SILENT | validate.kyverno.svc-fail
          422 | pods "berth-probe-" is forbidden: ValidatingAdmissionPolicy 'berth-sandbox' denied request: failed to configure policy: no such parameter kind | POLICY | berth-sandbox with binding (none)
          422 | policy 'berth-sandbox' with binding 'berth-sandbox' denied request: failed to evaluate expression | MUTATING_POLICY | berth-sandbox
          422 | policy "sidecars" denied request: failed to configure policy | MUTATING_POLICY | sidecars with binding (none)
          422 | RoleBinding.rbac.authorization.k8s.io "berth-owner" is invalid: subjects[0].name: Invalid value: "admission webhook \\"x\\" denied": no such name | OTHER | ``
          403 | pods "berth-probe-" is forbidden: violates PodSecurity "restricted:v1.30": host namespaces (hostNetwork=true) | POD_SECURITY | PodSecurity
          403 | pods "berth-probe-" is forbidden: exceeded quota: berth, requested: pods=1, used: pods=20, limited: pods=20 | QUOTA | ``
          403 | pods is forbidden: User "system:serviceaccount:berth-system:berth" cannot create resource "pods" in API group "" in the namespace "tenant-acme" | RIGHTS | ``
          403 | namespaces is forbidden: User "system:anonymous" cannot list resource "namespaces" in API group "" at the cluster scope | RIGHTS | ``
          403 | pods "berth-probe-" is forbidden: pod rejected: RuntimeClass "berth-probe" not found | CLASS_MISSING | berth-probe
          403 | pods "berth-probe-" is forbidden: error looking up service account tenant-acme/default: serviceaccount "default" not found | ACCOUNT_MISSING | ``
          403 | pods "berth-probe-" is forbidden: not yet ready to handle request | SERVER_STARTING | ``
          422 | RoleBinding.rbac.authorization.k8s.io "berth-owner" is invalid: metadata.uid: Invalid value: "another-uid": field is immutable | OBJECT_REPLACED | ``
          403 | pods "berth-probe-" is forbidden: no PriorityClass with name x was found | OTHER | ``
          403 | pods "berth-probe-" is forbidden: maximum memory usage per Container is 64Mi, but limit is 512Mi | OTHER | ``
          201 | exceeded quota | OTHER | ``
          0   | exceeded quota | OTHER | ``
          """)
  void whatKubernetes136Says(int code, String message, DenialKind kind, String by) {
    Answer answer = new Answer(code, Answer.none("Forbidden", message).body());

    assertThat(answer.denial()).isEqualTo(new Denial(kind, by));
  }

  @Test
  void aNamespaceThatIsBeingDeletedIsToldByTheCause() {
    String status =
        """
        {'kind': 'Status', 'status': 'Failure', 'reason': 'Forbidden', 'code': 403,
         'message': 'resourcequotas is forbidden: unable to create new content in namespace tenant-acme because it is being terminated',
         'details': {'name': 'berth', 'kind': 'resourcequotas', 'causes': [
          {'reason': 'NamespaceTerminating', 'field': 'metadata.namespace',
           'message': 'namespace tenant-acme is being terminated'}]}}\
        """;

    assertThat(new Answer(403, Hands.json(status)).denial().kind())
        .isEqualTo(DenialKind.NAMESPACE_TERMINATING);
  }
}
