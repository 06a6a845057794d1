package dev.berth.api.stage;

import dev.berth.local.process.Ports;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.lang.JoseException;

/** An issuer that nobody answers for until {@link #appears}. */
public final class LateIssuer extends Issuer {

  @Override
  public Map<String, String> start() {
    Map<String, String> settings = super.start();
    stop();
    return settings;
  }

  /** Nobody comes there meanwhile. */
  @Override
  int place() {
    return Ports.another();
  }

  /** From now on it answers, at the address that was named. */
  public static LateIssuer appears() {
    LateIssuer issuer = new LateIssuer();
    String url = ConfigProvider.getConfig().getValue("test.issuer.url", String.class);
    String key = ConfigProvider.getConfig().getValue("test.issuer.key", String.class);
    try {
      issuer.listen(
          Integer.parseInt(url.substring(url.lastIndexOf(':') + 1)),
          new RsaJsonWebKey(JsonUtil.parseJson(key)));
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
    return issuer;
  }
}
