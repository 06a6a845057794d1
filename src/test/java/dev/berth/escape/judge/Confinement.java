package dev.berth.escape.judge;

import static dev.berth.escape.judge.PodObject.items;
import static dev.berth.escape.judge.PodObject.texts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.escape.generator.Documents;
import dev.berth.escape.generator.Tenancy;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** In the sandbox, and without a way from there to the node. */
final class Confinement {
  private static final Set<String> OWN_VOLUMES =
      Set.of(
          "configMap",
          "downwardAPI",
          "emptyDir",
          "ephemeral",
          "image",
          "persistentVolumeClaim",
          "projected",
          "secret");

  /** Whom the container runtime gives them anyway. */
  private static final Set<String> USUAL_CAPABILITIES =
      Set.of(
          "AUDIT_WRITE",
          "CHOWN",
          "DAC_OVERRIDE",
          "FOWNER",
          "FSETID",
          "KILL",
          "MKNOD",
          "NET_BIND_SERVICE",
          "SETFCAP",
          "SETGID",
          "SETPCAP",
          "SETUID",
          "SYS_CHROOT");

  private static final Set<String> SAFE_SYSCTLS =
      Set.of(
          "kernel.shm_rmid_forced",
          "net.ipv4.ip_local_port_range",
          "net.ipv4.ip_local_reserved_ports",
          "net.ipv4.ip_unprivileged_port_start",
          "net.ipv4.ping_group_range",
          "net.ipv4.tcp_fin_timeout",
          "net.ipv4.tcp_keepalive_intvl",
          "net.ipv4.tcp_keepalive_probes",
          "net.ipv4.tcp_keepalive_time",
          "net.ipv4.tcp_rmem",
          "net.ipv4.tcp_syncookies",
          "net.ipv4.tcp_wmem");

  private static final Set<String> SELINUX_TYPES =
      Set.of("", "container_t", "container_init_t", "container_kvm_t", "container_engine_t");

  private Confinement() {}

  static Stream<Breach> breaches(PodObject pod, Tenancy tenancy) {
    return Stream.of(sandbox(pod), host(pod), profiles(pod, tenancy), restricted(pod, tenancy))
        .flatMap(breaches -> breaches);
  }

  private static Stream<Breach> sandbox(PodObject pod) {
    String runtimeClass = pod.spec().path("runtimeClassName").asText();
    String overhead = pod.spec().path("overhead").toString();
    return Stream.of(
            breach(
                !runtimeClass.equals(Tenancy.RUNTIME_CLASS), "outside the sandbox", runtimeClass),
            breach(
                !Documents.JSON.valueToTree(Tenancy.OVERHEAD).toString().equals(overhead),
                "a sandbox without its price",
                overhead))
        .flatMap(breaches -> breaches);
  }

  private static Stream<Breach> host(PodObject pod) {
    Stream<Breach> namespaces =
        Stream.of("hostNetwork", "hostPID", "hostIPC")
            .filter(field -> pod.spec().path(field).asBoolean())
            .map(field -> new Breach("a namespace of the node", field));
    Stream<Breach> volumes =
        pod.volumes()
            .flatMap(volume -> PodObject.keys(volume))
            .filter(key -> !key.equals("name") && !OWN_VOLUMES.contains(key))
            .map(source -> new Breach("a volume from outside the tenant", source));
    Stream<Breach> ports =
        pod.containers()
            .flatMap(container -> items(container.path("ports")))
            .filter(port -> port.path("hostPort").asInt() != 0)
            .map(port -> new Breach("a port of the node", port.toString()));
    return Stream.of(namespaces, volumes, ports).flatMap(breaches -> breaches);
  }

  private static Stream<Breach> profiles(PodObject pod, Tenancy tenancy) {
    return pod.securityContexts()
        .flatMap(context ->
            Stream.of(
                    breach(context.path("privileged").asBoolean(), "privileged", ""),
                    breach(
                        context.at("/windowsOptions/hostProcess").asBoolean(),
                        "a process of the host",
                        ""),
                    unconfined(context, "seccompProfile"),
                    unconfined(context, "appArmorProfile"),
                    breach(
                        context.path("procMount").asText().equals("Unmasked"),
                        "unmasked /proc",
                        ""),
                    selinux(context.path("seLinuxOptions")),
                    capabilities(context.at("/capabilities/add"), tenancy),
                    items(context.path("sysctls"))
                        .map(sysctl -> sysctl.path("name").asText())
                        .filter(Predicate.not(SAFE_SYSCTLS::contains))
                        .map(name -> new Breach("a kernel parameter", name)))
                .flatMap(breaches -> breaches));
  }

  private static Stream<Breach> unconfined(JsonNode context, String profile) {
    return breach(
        context.path(profile).path("type").asText().equals("Unconfined"), "unconfined", profile);
  }

  private static Stream<Breach> selinux(JsonNode options) {
    return breach(
        !SELINUX_TYPES.contains(options.path("type").asText())
            || !options.path("user").asText().isEmpty()
            || !options.path("role").asText().isEmpty(),
        "an SELinux label of its own",
        options.toString());
  }

  private static Stream<Breach> capabilities(JsonNode added, Tenancy tenancy) {
    Set<String> allowed = tenancy.restricted() ? Set.of("NET_BIND_SERVICE") : USUAL_CAPABILITIES;
    return texts(added).stream()
        .filter(Predicate.not(allowed::contains))
        .map(capability -> new Breach("a capability", capability));
  }

  private static Stream<Breach> restricted(PodObject pod, Tenancy tenancy) {
    if (!tenancy.restricted()) {
      return Stream.empty();
    }
    JsonNode ofPod = pod.spec().path("securityContext");
    return pod.containers()
        .map(container -> container.path("securityContext"))
        .flatMap(context ->
            Stream.of(
                    breach(
                        context.path("allowPrivilegeEscalation").asBoolean(true),
                        "more privileges than its parent",
                        ""),
                    breach(
                        !texts(context.at("/capabilities/drop")).contains("ALL"),
                        "capabilities kept",
                        ""),
                    breach(
                        !effective(context, ofPod, "runAsNonRoot").asBoolean()
                            || effective(context, ofPod, "runAsUser").asText().equals("0"),
                        "root",
                        ""),
                    breach(
                        effective(context, ofPod, "seccompProfile").isMissingNode(),
                        "no seccomp profile",
                        ""))
                .flatMap(breaches -> breaches));
  }

  private static JsonNode effective(JsonNode ofContainer, JsonNode ofPod, String field) {
    return ofContainer.has(field) ? ofContainer.get(field) : ofPod.path(field);
  }

  static Stream<Breach> breach(boolean broken, String rule, String detail) {
    return broken ? Stream.of(new Breach(rule, detail)) : Stream.empty();
  }
}
