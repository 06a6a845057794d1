package dev.berth.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import dev.berth.local.azure.wire.Identity;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Mono;

/** A credential that keeps its token until it is asked for another one, as the real ones do. */
final class Tokens implements TokenCredential {
  private final Identity identity;
  private final List<String> issued = new ArrayList<>();
  private boolean down;

  Tokens(Identity identity) {
    this.identity = identity;
  }

  void goDown() {
    down = true;
  }

  void comeBack() {
    down = false;
  }

  List<String> issued() {
    return issued;
  }

  @Override
  public Mono<AccessToken> getToken(TokenRequestContext wanted) {
    return down
        ? Mono.error(new IllegalStateException("nobody signs in"))
        : Mono.just(last(wanted));
  }

  private AccessToken last(TokenRequestContext wanted) {
    if (issued.isEmpty() || wanted.getClaims() != null) {
      issued.add(identity.issue());
    }
    return new AccessToken(issued.getLast(), OffsetDateTime.MAX);
  }
}
