package dev.berth.escape.generator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;

/**
 * What the tenant of a namespace was given, said by the test.
 *
 * @param restricted by the pod security standard of this name, or else by its baseline
 * @param graceSeconds the longest time that a pod may take to end
 * @param pullsAlways images are fetched with the tenant's own credentials each time
 * @param resources names beside memory, cpu and ephemeral storage
 * @param quota the hard amounts that bind in the namespace
 */
public record Tenancy(
    String namespace,
    boolean restricted,
    Set<String> priorityClasses,
    Set<String> storageClasses,
    long graceSeconds,
    boolean pullsAlways,
    Set<String> resources,
    Set<String> serviceAnnotations,
    Set<String> serviceFields,
    JsonNode quota) {

  /** Of the stage's only class of sandboxes, and what it adds to a pod. */
  public static final String RUNTIME_CLASS = "kata-vm-isolation";

  public static final Map<String, String> OVERHEAD = Map.of("memory", "600Mi");
  public static final String NODES = "kubernetes.azure.com/kata-vm-isolation=true";
}
