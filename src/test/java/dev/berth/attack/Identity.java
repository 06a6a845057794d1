package dev.berth.attack;

import dev.berth.installation.owner.Workload;

/** Who attacks. */
public enum Identity {
  OWNER("owner", "alpha-owners"),
  VIEWER("viewer", "alpha-viewers-1"),
  /** An owner of the other tenant. */
  NEIGHBOUR("neighbour", "beta-owners"),
  STRANGER("stranger"),
  /** An owner who also came by the rights of a cluster administrator: only admission is left. */
  OPENED("opened", "alpha-owners"),
  /** A pod of the tenant, by a token that the API server signed. */
  WORKLOAD(""),
  /** The same pod, which says it were an administrator. */
  WORKLOAD_AS_ADMINISTRATOR("admin", "system:masters"),
  WORKLOAD_AS_BERTH("system:serviceaccount:berth-system:berth"),
  /** Of the same name in the other tenant's namespace. */
  NEIGHBOURS_WORKLOAD("system:serviceaccount:tenant-beta:default"),
  /** With a token that is empty. */
  ANONYMOUS(""),
  /** Somebody who took Berth over. */
  BERTH("system:serviceaccount:berth-system:berth"),
  REPLICA_SET_CONTROLLER("system:serviceaccount:kube-system:replicaset-controller"),
  STATEFUL_SET_CONTROLLER("system:serviceaccount:kube-system:statefulset-controller"),
  DAEMON_SET_CONTROLLER("system:serviceaccount:kube-system:daemon-set-controller"),
  JOB_CONTROLLER("system:serviceaccount:kube-system:job-controller");

  final String user;
  final String[] groups;

  Identity(String user, String... groups) {
    this.user = user;
    this.groups = groups;
  }

  /** Who makes the pods of the workload in the end. */
  public static Identity makingPodsOf(Workload workload) {
    return switch (workload) {
      case DEPLOYMENT, REPLICA_SET -> REPLICA_SET_CONTROLLER;
      case STATEFUL_SET -> STATEFUL_SET_CONTROLLER;
      case DAEMON_SET -> DAEMON_SET_CONTROLLER;
      case JOB, CRON_JOB -> JOB_CONTROLLER;
    };
  }
}
