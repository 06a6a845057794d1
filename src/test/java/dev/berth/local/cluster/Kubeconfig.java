package dev.berth.local.cluster;

import dev.berth.local.process.Texts;
import java.nio.file.Path;

/** A kubeconfig with one cluster and one user, replaced as a whole. */
final class Kubeconfig {
  private Kubeconfig() {}

  /**
   * The token stands in the file and in another one beside it, which clients that run for long read
   * again; {@code authority} is the certificate of the cluster's authority, in base64.
   */
  static void write(Path file, String server, String authority, String user, String token) {
    Path tokenFile = file.resolveSibling(user + ".token");
    Texts.write(tokenFile, token);
    Texts.write(
        file,
        """
        apiVersion: v1
        kind: Config
        current-context: berth-local
        clusters:
        - name: berth-local
          cluster:
            server: %s
            certificate-authority-data: %s
        users:
        - name: %s
          user:
            token: %s
            tokenFile: %s
        contexts:
        - name: berth-local
          context: {cluster: berth-local, user: %s}
        """
            .formatted(server, authority, user, token, tokenFile.toAbsolutePath(), user));
  }
}
