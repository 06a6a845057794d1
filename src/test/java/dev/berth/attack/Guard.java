package dev.berth.attack;

import dev.berth.installation.Caller.Reply;
import java.util.Locale;
import java.util.regex.Pattern;

/** Who refuses, told by how the refusal reads. */
public enum Guard {
  RBAC("forbidden: User \".+\" cannot "),
  BERTH_SANDBOX(policy("berth-sandbox")),
  BERTH_HOST_ACCESS(policy("berth-host-access")),
  BERTH_ANNOTATIONS(policy("berth-annotations")),
  BERTH_LIMITS(policy("berth-limits")),
  BERTH_IMAGES(policy("berth-images")),
  BERTH_PLACEMENT(policy("berth-placement")),
  BERTH_DAEMONSETS(policy("berth-daemonsets")),
  BERTH_MANAGED(policy("berth-managed")),
  BERTH_SERVICES(policy("berth-services")),
  BERTH_STORAGE(policy("berth-storage")),
  BERTH_SECRETS(policy("berth-secrets")),
  BERTH_NAMESPACE_GUARD(policy("berth-namespace-guard")),
  BERTH_RESTRAINT(policy("berth-restraint")),
  POD_SECURITY("violates PodSecurity \"restricted:"),
  LIMIT_RANGE("(minimum|maximum) memory usage per |limit to request ratio"),
  RESOURCE_QUOTA("exceeded quota: berth,"),
  RUNTIME_CLASS_ADMISSION("pod rejected: |conflict: runtimeClass|resource name may not be empty"),
  SERVICE_ACCOUNT_ADMISSION("error looking up service account"),
  API_VALIDATION(" is invalid: ");

  private final Pattern refusal;

  Guard(String refusal) {
    this.refusal = Pattern.compile(refusal);
  }

  boolean refused(Reply reply) {
    return reply.code() >= 400 && refusal.matcher(reply.message()).find();
  }

  /** What the API server is built of has no switch. */
  boolean isRemovable() {
    return switch (this) {
      case RUNTIME_CLASS_ADMISSION, SERVICE_ACCOUNT_ADMISSION, API_VALIDATION -> false;
      default -> true;
    };
  }

  /** The name of Berth's policy and of its binding. */
  public String policy() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String policy(String name) {
    return "ValidatingAdmissionPolicy '%1$s' with binding '%1$s' denied request: ".formatted(name);
  }
}
