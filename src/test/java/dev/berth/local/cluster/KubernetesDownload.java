package dev.berth.local.cluster;

import dev.berth.local.process.Progress;
import dev.berth.local.process.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;

/**
 * The third way: the release files as upstream names them, from an address that the user gives,
 * each compared with a sha256 that was known before.
 */
final class KubernetesDownload {
  static final String ADDRESS = "berth.kubernetes.download";
  static final String CHECKSUMS = "berth.kubernetes.sha256";

  private final Path cache;
  private final Progress progress;
  private final String address;
  private final String checksums;

  KubernetesDownload(Path cache, Progress progress) {
    this(cache, progress, System.getProperty(ADDRESS, ""), System.getProperty(CHECKSUMS, ""));
  }

  KubernetesDownload(Path cache, Progress progress, String address, String checksums) {
    this.cache = cache;
    this.progress = progress;
    this.address = address;
    this.checksums = checksums;
  }

  Optional<Path> obtain(Consumer<String> passedOver) {
    if (address.isBlank() || checksums.isBlank()) {
      passedOver.accept(
          "3. Download: -D%s=<address that serves %s and the others> and -D%s=<file in the format of sha256sum> are not both given."
              .formatted(ADDRESS, path("kube-apiserver"), CHECKSUMS));
      return Optional.empty();
    }
    try {
      return Optional.of(new CacheFolder(cache, progress).fill(this::download));
    } catch (RuntimeException e) {
      String reason = "3. Download from %s failed: %s".formatted(address, e.getMessage());
      progress.say("Kubernetes: passed over: " + reason);
      passedOver.accept(reason);
      return Optional.empty();
    }
  }

  /**
   * {@code v1.36.3/bin/linux/amd64/kube-apiserver}, as upstream lays its releases out; etcd lies
   * beside.
   */
  static String path(String program) {
    String os =
        System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac")
            ? "darwin"
            : "linux";
    String arch = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    return "v%s/bin/%s/%s/%s".formatted(KubernetesBinaries.VERSION, os, arch, program);
  }

  private void download(Path target) {
    Properties expected = checksums();
    for (String program : KubernetesBinaries.PROGRAMS) {
      String sum = expected.getProperty(program, "");
      if (sum.isBlank()) {
        throw new IllegalStateException("%s names no sha256 of %s".formatted(checksums, program));
      }
      String actual = fetch(program, target.resolve(program));
      if (!actual.equalsIgnoreCase(sum)) {
        throw new IllegalStateException(
            "%s has sha256 %s, expected %s".formatted(path(program), actual, sum));
      }
    }
  }

  private Properties checksums() {
    Properties sums = new Properties();
    Texts.read(Path.of(checksums))
        .orElseThrow(() -> new IllegalStateException(checksums + " does not exist"))
        .lines()
        .map(line -> line.strip().split("\\s+\\*?", 2))
        .filter(parts -> parts.length == 2)
        .forEach(
            parts -> sums.setProperty(String.valueOf(Path.of(parts[1]).getFileName()), parts[0]));
    return sums;
  }

  private String fetch(String program, Path file) {
    URI source = URI.create(address.replaceAll("/+$", "") + "/" + path(program));
    try {
      URLConnection connection = source.toURL().openConnection();
      connection.setConnectTimeout(10_000);
      connection.setReadTimeout(30_000);
      long size = connection.getContentLengthLong();
      progress.say("Kubernetes: downloading %s (%d MB)".formatted(source, size / 1_000_000));
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = connection.getInputStream();
          OutputStream out = Files.newOutputStream(file)) {
        copy(in, out, digest, size);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new UncheckedIOException("%s: %s".formatted(source, e), e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void copy(InputStream in, OutputStream out, MessageDigest digest, long size)
      throws IOException {
    byte[] buffer = new byte[1 << 20];
    long done = 0;
    long told = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      out.write(buffer, 0, read);
      digest.update(buffer, 0, read);
      done += read;
      if (done - told > 25_000_000) {
        told = done;
        progress.say("Kubernetes: %d of %d MB".formatted(done / 1_000_000, size / 1_000_000));
      }
    }
  }
}
