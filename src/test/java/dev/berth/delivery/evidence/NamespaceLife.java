package dev.berth.delivery.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What Berth did to one namespace from its creation on. Each successful creation begins a life; the
 * API server refuses one while the namespace stands.
 *
 * @param uid empty where a kill cut off the answer to the creation
 */
public record NamespaceLife(String uid, List<ApiRequest> requests) {

  static List<NamespaceLife> of(List<ApiRequest> requests) {
    List<NamespaceLife> lives = new ArrayList<>();
    boolean perhapsCreated = false;
    for (ApiRequest request : requests) {
      perhapsCreated |= request.perhapsCreated("namespaces");
      if (request.created("namespaces")) {
        lives.add(new NamespaceLife(request.answer().uid(), new ArrayList<>()));
        perhapsCreated = false;
      } else if (perhapsCreated && request.found("namespaces") && !isOneAlive(lives)) {
        lives.add(new NamespaceLife("", new ArrayList<>()));
        perhapsCreated = false;
      } else if (!lives.isEmpty()) {
        lives.getLast().requests().add(request);
      }
    }
    return lives;
  }

  private static boolean isOneAlive(List<NamespaceLife> lives) {
    return !lives.isEmpty()
        && lives.getLast().requests().stream().noneMatch(it -> it.deleted("namespaces"));
  }

  boolean isOf(String recordedUid) {
    return uid.isEmpty() || uid.equals(recordedUid);
  }

  /** Nobody got access before the guards stood and the API server had denied the probe. */
  public void assertOpenedLast(String namespace) {
    List<ApiRequest> before = requests.stream().takeWhile(it -> !it.gaveAccess()).toList();
    if (before.size() == requests.size()) {
      return; // it never opened
    }
    Stream.of("networkpolicies", "resourcequotas", "limitranges")
        .forEach(guard ->
            assertThat(before)
                .as("%s was opened after its %s were seen to stand", namespace, guard)
                .anyMatch(it -> it.created(guard) || it.found(guard)));
    assertThat(before)
        .as("%s was opened after its sandbox was proven", namespace)
        .anyMatch(ApiRequest::provedTheSandbox);
  }
}
