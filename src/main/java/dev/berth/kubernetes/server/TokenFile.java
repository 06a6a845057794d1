package dev.berth.kubernetes.server;

import io.fabric8.kubernetes.client.OAuthTokenProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A bearer token in a file that somebody else renews; read for each request. */
final class TokenFile implements OAuthTokenProvider {

  private final Path file;
  private volatile String latest = "";

  TokenFile(Path file) {
    this.file = file;
  }

  /** While the file cannot be read, the latest token. */
  @Override
  public String getToken() {
    try {
      latest = Files.readString(file).strip();
    } catch (IOException e) {
      return latest;
    }
    return latest;
  }
}
