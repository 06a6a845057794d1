package dev.berth.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 in lower-case hex. */
public final class Sha256 {

  private Sha256() {}

  public static String of(byte[] bytes) {
    return HexFormat.of().formatHex(digest().digest(bytes));
  }

  /** Of type, subject and data: what makes two records of one source and id the same. */
  public static String of(String type, String subject, byte[] data) {
    MessageDigest digest = digest();
    digest.update((type + '\0' + subject + '\0').getBytes(UTF_8));
    return HexFormat.of().formatHex(digest.digest(data));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
