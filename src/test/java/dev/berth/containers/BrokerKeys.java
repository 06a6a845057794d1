package dev.berth.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** The broker's key, and the certificate by which clients know it. */
record BrokerKeys(Path folder) {
  static final String STORE = "broker.p12";
  static final String CERTIFICATE = "broker.pem";
  static final String PASSWORD = "not a secret";

  static BrokerKeys in(Path folder) {
    try {
      Files.createDirectories(folder);
      keytool(
          folder,
          "-genkeypair",
          "-alias",
          "broker",
          "-keyalg",
          "EC",
          "-dname",
          "CN=broker",
          "-ext",
          "SAN=IP:127.0.0.1",
          "-storetype",
          "PKCS12");
      keytool(folder, "-exportcert", "-rfc", "-alias", "broker", "-file", CERTIFICATE);
      for (String file : List.of(STORE, CERTIFICATE)) {
        // Others read it in their containers.
        Files.setPosixFilePermissions(
            folder.resolve(file), PosixFilePermissions.fromString("rw-r--r--"));
      }
      return new BrokerKeys(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path certificate() {
    return folder.resolve(CERTIFICATE);
  }

  private static void keytool(Path folder, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-keystore", STORE, "-storepass", PASSWORD));
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("keytool.log").toFile())
              .start();
      if (process.waitFor() != 0) {
        throw new IllegalStateException("keytool failed, see its log in " + folder);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
