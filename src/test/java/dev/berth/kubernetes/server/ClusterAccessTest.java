package dev.berth.kubernetes.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.kubernetes.TestConfig;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterAccessTest {

  @TempDir Path dir;

  @Test
  void aTokenFileBesideTheKubeconfigIsReadAnew() throws IOException {
    Files.writeString(dir.resolve("token"), "first\n");

    Config config = config("tokenFile: token");

    assertThat(config.getMasterUrl()).startsWith("https://127.0.0.1:6443");
    assertThat(config.getUserAgent()).isEqualTo("berth");
    assertThat(config.getOauthTokenProvider().getToken()).isEqualTo("first");
    Files.writeString(dir.resolve("token"), "second\n");
    assertThat(config.getOauthTokenProvider().getToken()).isEqualTo("second");
    Files.delete(dir.resolve("token"));
    assertThat(config.getOauthTokenProvider().getToken()).isEqualTo("second");
  }

  @Test
  void aTokenInsideTheKubeconfigIsRenewedWithIt() throws IOException {
    Config config = config("token: first");
    assertThat(config.getAutoOAuthToken()).isEqualTo("first");

    write("token: second");

    assertThat(config.refresh().getAutoOAuthToken()).isEqualTo("second");
  }

  @Test
  void aKubeconfigThatIsNotThereIsNamed() {
    Path missing = dir.resolve("missing");

    assertThatThrownBy(() ->
            ClusterAccess.config(
                TestConfig.with("berth.kubernetes.kubeconfig", missing.toString())))
        .hasMessageContaining("BERTH_KUBECONFIG")
        .hasMessageContaining(missing.toString());
  }

  private Config config(String user) throws IOException {
    return ClusterAccess.config(
        TestConfig.with("berth.kubernetes.kubeconfig", write(user).toString()));
  }

  private Path write(String user) throws IOException {
    return Files.writeString(
        dir.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: c, cluster: {server: "https://127.0.0.1:6443"}}]
        users: [{name: u, user: {%s}}]
        contexts: [{name: x, context: {cluster: c, user: u}}]
        current-context: x
        """
            .formatted(user));
  }
}
