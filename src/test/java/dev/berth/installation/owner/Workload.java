package dev.berth.installation.owner;

/** What makes pods from a template. */
public enum Workload {
  DEPLOYMENT("apps", "deployments", "spec.template.spec"),
  STATEFUL_SET("apps", "statefulsets", "spec.template.spec"),
  DAEMON_SET("apps", "daemonsets", "spec.template.spec"),
  REPLICA_SET("apps", "replicasets", "spec.template.spec"),
  JOB("batch", "jobs", "spec.template.spec"),
  CRON_JOB("batch", "cronjobs", "spec.jobTemplate.spec.template.spec");

  /** Where the pod is in it. */
  public final String template;

  private final String group;
  private final String resource;

  Workload(String group, String resource, String template) {
    this.group = group;
    this.resource = resource;
    this.template = template;
  }

  public String collection(String namespace) {
    return "/apis/" + group + "/v1/namespaces/" + namespace + "/" + resource;
  }

  /** An object with the name w. */
  public String of(String pod) {
    return of("", pod);
  }

  /** Its pods have these annotations. */
  public String of(String annotations, String pod) {
    String labels =
        "'metadata': {'labels': {'app': 'w'}, 'annotations': {%s}}".formatted(annotations);
    String spec =
        switch (this) {
          case DEPLOYMENT, STATEFUL_SET, DAEMON_SET, REPLICA_SET ->
              "{'selector': {'matchLabels': {'app': 'w'}}, 'template': {%s, 'spec': %s}}"
                  .formatted(labels, pod);
          case JOB -> job(labels, pod);
          case CRON_JOB ->
              "{'schedule': '0 0 1 1 *', 'jobTemplate': {'spec': %s}}".formatted(job(labels, pod));
        };
    return "{'metadata': {'name': 'w'}, 'spec': %s}".formatted(spec);
  }

  private static String job(String labels, String pod) {
    return "{'template': {%s, 'spec': %s, 'restartPolicy': 'Never'}}}"
        .formatted(labels, pod.substring(0, pod.lastIndexOf('}')));
  }
}
