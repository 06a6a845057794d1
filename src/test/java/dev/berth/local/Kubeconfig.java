package dev.berth.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** A kubeconfig with one cluster, one user and a token, replaced as a whole. */
final class Kubeconfig {
  private Kubeconfig() {}

  static void write(Path file, String server, Path certificate, String user, String token) {
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
        contexts:
        - name: berth-local
          context: {cluster: berth-local, user: %s}
        """
            .formatted(server, base64(certificate), user, token, user));
  }

  private static String base64(Path file) {
    try {
      return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
