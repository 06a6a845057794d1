package dev.berth.kubernetes.facts;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.kubernetes.object.Ownership;
import dev.berth.plan.Plan;
import dev.berth.plan.SandboxClass;
import dev.berth.plan.decide.NamespaceLabels;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A namespace in which pods are tried that never run, one for each class. It looks like a tenant's,
 * belongs to none, and stays empty. Several Berths may share it, so nothing in it names one.
 */
record CanaryNamespace(SandboxClass sandbox) {

  /** No tenant has it: no id begins with {@code berth}. */
  private static final String PREFIX = "tenant-berth-canary-";

  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  /** Not every name of a class is one for a namespace. */
  String name() {
    String name = PREFIX + sandbox.name();
    return LABEL.matcher(name).matches() ? name : PREFIX + digest(sandbox.name());
  }

  ObjectNode manifest() {
    ObjectNode manifest = JsonNodeFactory.instance.objectNode();
    manifest.put("apiVersion", "v1").put("kind", "Namespace");
    ObjectNode metadata = manifest.putObject("metadata").put("name", name());
    ObjectNode labels = metadata.putObject("labels");
    labels.put(Ownership.ISOLATION, "sandboxed").put(Ownership.RUNTIME_CLASS, sandbox.name());
    NamespaceLabels.podSecurity(Plan.PodSecurity.RESTRICTED).forEach(labels::put);
    metadata
        .putObject("annotations")
        .put(Ownership.NODE_SELECTOR, joined(sandbox.nodeSelector()))
        .put(Ownership.TOLERATIONS, String.join(",", sandbox.tolerations()));
    return manifest;
  }

  private static String joined(Map<String, String> selector) {
    return new TreeMap<>(selector)
        .entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining(","));
  }

  private static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
