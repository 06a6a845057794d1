package dev.berth.plan.isolation;

/** What a pod asks for that would take it out of its sandbox, or closer to the node than it may. */
public enum Escape {
  PROBE_CLASS("of RuntimeClass berth-probe"),
  NO_CLASS("without a RuntimeClass"),
  HOST_NETWORK("in the network of the node"),
  HOST_PID("that shares the processes of the node"),
  HOST_PATH("with a directory of the node"),
  PRIVILEGED("with a privileged container"),
  SYSTEM_PRIORITY("of priority class system-node-critical"),
  EVERY_TAINT("that tolerates every taint"),
  CHOSEN_NODE("that names its node"),
  CHOSEN_NODE_BY_FIELD("that names its node in its affinity"),
  RUNTIME_ANNOTATION("with an instruction to the container runtime"),
  PROBE_OF_OTHERS("whose probe makes the node ask for the cloud's metadata"),
  DEVICE("that asks for a device"),
  ENDLESS("that may take a century to end");

  private final String text;

  Escape(String text) {
    this.text = text;
  }

  /** Whether it is about the sandbox itself, so that only the sandbox policy can refuse it. */
  public boolean isFromSandbox() {
    return this == PROBE_CLASS || this == NO_CLASS;
  }

  @Override
  public String toString() {
    return text;
  }
}
