package dev.berth.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesBinariesTest {
  @TempDir Path temp;

  private final List<String> said = new ArrayList<>();

  @Test
  void aNamedFolderWithAllThreeProgramsComesFirst() throws IOException {
    Path assets = programs("assets", "etcd", "kube-apiserver", "kube-controller-manager");
    Path cache = programs("cache", "etcd", "kube-apiserver", "kube-controller-manager");

    assertThat(binaries(assets, cache).find()).isEqualTo(assets);
  }

  @Test
  void aNamedFolderThatLacksAProgramIsPassedOverWithTheReason() throws IOException {
    Path assets = programs("assets", "etcd", "kube-apiserver");
    Path cache = programs("cache", "etcd", "kube-apiserver", "kube-controller-manager");

    assertThat(binaries(assets, cache).find()).isEqualTo(cache);
    assertThat(said)
        .singleElement()
        .asString()
        .contains(assets.toString(), "lacks [kube-controller-manager]");
  }

  @Test
  void aDownloadIsTakenOnlyWithTheSha256ThatWasKnownBefore() throws Exception {
    // Given
    Path release = temp.resolve("mirror/" + KubernetesDownload.path("etcd")).getParent();
    StringBuilder sums = new StringBuilder();
    for (String program : KubernetesBinaries.PROGRAMS) {
      Files.createDirectories(release);
      Files.writeString(release.resolve(program), "program " + program);
      sums.append(sha256("program " + program)).append("  bin/").append(program).append('\n');
    }
    Path known = Files.writeString(temp.resolve("known"), sums);
    Path wrong = Files.writeString(temp.resolve("wrong"), sums.toString().replaceFirst("^.", "x"));

    // Then
    assertThat(download(wrong).obtain(said::add)).isEmpty();
    assertThat(said).last().asString().contains("etcd has sha256", "expected x");
    assertThat(temp.resolve("cache"))
        .satisfies(cache -> assertThat(KubernetesBinaries.missingIn(cache)).hasSize(3));
    assertThat(download(known).obtain(said::add)).contains(temp.resolve("cache"));
    assertThat(KubernetesBinaries.missingIn(temp.resolve("cache"))).isEmpty();
  }

  @Test
  void whereNoWayWorksTheMessageNamesAllFour() {
    String here = System.getProperty("basedir", "");
    System.setProperty("basedir", temp.toString()); // no Go module there
    try {
      assertThatThrownBy(() -> binaries(temp.resolve("nothing"), temp.resolve("cache")).find())
          .hasMessageContainingAll(
              "1. KUBEBUILDER_ASSETS", "2. The cache", "3. Download", "4. Build");
    } finally {
      System.setProperty("basedir", here);
    }
  }

  private KubernetesDownload download(Path checksums) {
    return new KubernetesDownload(
        temp.resolve("cache"),
        said::add,
        temp.resolve("mirror").toUri().toString(),
        checksums.toString());
  }

  private KubernetesBinaries binaries(Path assets, Path cache) {
    return new KubernetesBinaries(
        Map.of("KUBEBUILDER_ASSETS", assets.toString()), cache, said::add);
  }

  private Path programs(String folder, String... names) throws IOException {
    Path directory = Files.createDirectories(temp.resolve(folder));
    for (String name : names) {
      Files.createFile(directory.resolve(name)).toFile().setExecutable(true);
    }
    return directory;
  }

  private static String sha256(String text) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes()));
  }
}
