package dev.berth.escape.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A kind of object that an owner may make, and where. */
public enum Target {
  POD("/api/v1", "pods", "core.v1.Pod"),
  SERVICE("/api/v1", "services", "core.v1.Service"),
  CLAIM("/api/v1", "persistentvolumeclaims", "core.v1.PersistentVolumeClaim"),
  DEPLOYMENT("/apis/apps/v1", "deployments", "apps.v1.Deployment"),
  REPLICA_SET("/apis/apps/v1", "replicasets", "apps.v1.ReplicaSet"),
  STATEFUL_SET("/apis/apps/v1", "statefulsets", "apps.v1.StatefulSet"),
  DAEMON_SET("/apis/apps/v1", "daemonsets", "apps.v1.DaemonSet"),
  JOB("/apis/batch/v1", "jobs", "batch.v1.Job"),
  CRON_JOB("/apis/batch/v1", "cronjobs", "batch.v1.CronJob");

  private final String group;
  private final String resource;
  private final String type;

  Target(String group, String resource, String type) {
    this.group = group;
    this.resource = resource;
    this.type = type;
  }

  public String path(String namespace) {
    return "%s/namespaces/%s/%s".formatted(group, namespace, resource);
  }

  String type() {
    return "io.k8s.api." + type;
  }

  /** As the API names it. */
  public String kind() {
    return type.substring(type.lastIndexOf('.') + 1);
  }

  public boolean isWorkload() {
    return compareTo(CLAIM) > 0;
  }

  /** Where the pods of a workload are written. */
  public String template() {
    return this == CRON_JOB ? "/spec/jobTemplate/spec/template" : "/spec/template";
  }

  /** Whoever makes the pods of the workload in the end. */
  public String controller() {
    return switch (this) {
      case DEPLOYMENT, REPLICA_SET -> "replicaset-controller";
      case STATEFUL_SET -> "statefulset-controller";
      case DAEMON_SET -> "daemon-set-controller";
      case JOB, CRON_JOB -> "job-controller";
      case POD, SERVICE, CLAIM -> throw new IllegalStateException(this + " makes no pods");
    };
  }

  /** An object of this kind that is admitted as it stands. */
  public ObjectNode harmless(JsonNode prototypes) {
    if (!isWorkload()) {
      return prototypes.get(kind()).deepCopy();
    }
    ObjectNode workload = prototypes.get("Workload").deepCopy();
    workload.put("apiVersion", group.substring("/apis/".length())).put("kind", kind());
    ObjectNode template = prototypes.get("Pod").deepCopy();
    ObjectNode spec = workload.withObject("/spec");
    switch (this) {
      case JOB -> spec.removeAll();
      case CRON_JOB -> spec.removeAll().put("schedule", "0 0 * * *");
      case STATEFUL_SET -> spec.put("serviceName", "web");
      default -> {}
    }
    if (this == JOB || this == CRON_JOB) {
      template.withObject("/spec").put("restartPolicy", "Never");
    }
    template.retain("metadata", "spec");
    template.withObject("/metadata").remove("generateName");
    workload.withObject(template()).setAll(template);
    return workload;
  }
}
