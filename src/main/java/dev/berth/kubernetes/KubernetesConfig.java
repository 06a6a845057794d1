package dev.berth.kubernetes;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What an operator may say about the cluster. */
@ConfigMapping(prefix = "berth.kubernetes")
public interface KubernetesConfig {

  /** Who Berth is in the cluster; without it the client's usual way of finding one. */
  @WithDefault("${BERTH_KUBECONFIG:}")
  Optional<Path> kubeconfig();

  /** Classes that count as a sandbox, the preferred one first. */
  @WithDefault("kata-vm-isolation,kata-mshv-vm-isolation")
  List<String> runtimeClasses();

  /** Handlers such a class may have: a class of that name with another handler is no sandbox. */
  @WithDefault("kata")
  List<String> runtimeHandlers();

  /** What enforces network policies; the API server cannot tell. */
  Optional<String> networkEngine();

  /** For how long facts count after the watches broke. */
  @WithDefault("30s")
  Duration staleAfter();
}
