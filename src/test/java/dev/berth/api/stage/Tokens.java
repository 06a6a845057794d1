package dev.berth.api.stage;

import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.security.PrivateKey;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.lang.JoseException;

/** Tokens of the {@link Issuer}, good ones and such as must not open anything. */
public final class Tokens {

  private Tokens() {}

  /** A token that opens the API. */
  public static String viewer() {
    return sign(viewerClaims());
  }

  public static JwtClaimsBuilder viewerClaims() {
    return claims().groups(Set.of("berth-viewer"));
  }

  /** A token with that role. */
  public static String of(String role) {
    return sign(claims().groups(Set.of(role)));
  }

  /** Valid, without any role. */
  public static JwtClaimsBuilder claims() {
    return Jwt.claims()
        .issuer(value("test.issuer.url"))
        .audience(Issuer.AUDIENCE)
        .subject("alice")
        .upn("alice")
        .expiresIn(300);
  }

  public static String sign(JwtClaimsBuilder claims) {
    return sign(claims, key());
  }

  public static String sign(JwtClaimsBuilder claims, PrivateKey key) {
    return claims.jws().keyId("local").sign(key);
  }

  private static PrivateKey key() {
    try {
      return new RsaJsonWebKey(JsonUtil.parseJson(value("test.issuer.key"))).getRsaPrivateKey();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String value(String name) {
    return ConfigProvider.getConfig().getValue(name, String.class);
  }
}
