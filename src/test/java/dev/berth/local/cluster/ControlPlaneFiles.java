package dev.berth.local.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.local.process.Folders;
import dev.berth.local.process.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;

/** Keys, tokens, audit policy and kubeconfig of one local cluster, made once and kept. */
final class ControlPlaneFiles {
  private static final String AUDIT_POLICY =
      """
      apiVersion: audit.k8s.io/v1
      kind: Policy
      omitStages: [RequestReceived]
      omitManagedFields: true
      rules:
      - {level: None, verbs: [get, list, watch]}
      - {level: None, users: [system:apiserver]}
      - {level: None, userGroups: ["system:serviceaccounts:kube-system"]}
      - {level: RequestResponse, users: ["system:serviceaccount:berth-system:berth"]}
      - {level: Metadata}
      """;

  private final Path dir;

  ControlPlaneFiles(Path dir) {
    this.dir = dir;
  }

  Path kubeconfig() {
    return dir.resolve("admin.kubeconfig");
  }

  Path auditLog() {
    return dir.resolve("audit.log");
  }

  Path auditPolicy() {
    return dir.resolve("audit-policy.yaml");
  }

  Path tokens() {
    return dir.resolve("tokens.csv");
  }

  Path privateKey() {
    return dir.resolve("service-accounts.key");
  }

  Path publicKey() {
    return dir.resolve("service-accounts.pub");
  }

  Path certificates() {
    return dir.resolve("certificates");
  }

  /**
   * Written by the API server on its first start; signed by itself, so it is the root of trust as
   * well.
   */
  Path servingCertificate() {
    return certificates().resolve("apiserver.crt");
  }

  void write() {
    Texts.write(auditPolicy(), AUDIT_POLICY);
    if (!Files.exists(tokens())) {
      Texts.write(tokens(), randomToken() + ",admin,admin,\"system:masters\"\n");
    }
    if (!Files.exists(publicKey())) {
      writeKeys(); // the public one last: it says that both are there
    }
    if (Files.exists(servingCertificate()) && expiresSoon()) {
      Folders.delete(certificates());
    }
  }

  void writeKubeconfig(int apiPort) {
    String certificate = Texts.read(servingCertificate()).orElseThrow();
    String authority = Base64.getEncoder().encodeToString(certificate.getBytes(UTF_8));
    Kubeconfig.write(kubeconfig(), "https://127.0.0.1:" + apiPort, authority, "admin", token());
  }

  private String token() {
    return Texts.read(tokens()).orElseThrow().split(",")[0];
  }

  private static String randomToken() {
    byte[] bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private void writeKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      KeyPair pair = generator.generateKeyPair();
      Texts.write(privateKey(), pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
      Texts.write(publicKey(), pem("PUBLIC KEY", pair.getPublic().getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String what, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, body, what);
  }

  private boolean expiresSoon() {
    try (InputStream in = Files.newInputStream(servingCertificate())) {
      X509Certificate certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      Date inAMonth = Date.from(Clock.systemUTC().instant().plus(Duration.ofDays(30)));
      return certificate.getNotAfter().before(inAMonth);
    } catch (GeneralSecurityException unreadable) {
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
