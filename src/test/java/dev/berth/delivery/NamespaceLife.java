package dev.berth.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What Berth did to one namespace from its creation on. Each successful creation begins a life; the
 * API server refuses one while the namespace stands.
 */
record NamespaceLife(String uid, List<ApiRequest> requests) {

  static List<NamespaceLife> of(List<ApiRequest> requests) {
    List<NamespaceLife> lives = new ArrayList<>();
    for (ApiRequest request : requests) {
      if (request.created("namespaces")) {
        lives.add(new NamespaceLife(request.answer().uid(), new ArrayList<>()));
      } else if (!lives.isEmpty()) {
        lives.getLast().requests().add(request);
      }
    }
    return lives;
  }

  /** Nobody got access before the guards stood and the API server had denied the probe. */
  void assertOpenedLast(String namespace) {
    List<ApiRequest> before = requests.stream().takeWhile(it -> !it.gaveAccess()).toList();
    if (before.size() == requests.size()) {
      return; // it never opened
    }
    Stream.of("networkpolicies", "resourcequotas", "limitranges")
        .forEach(guard ->
            assertThat(before)
                .as("%s was opened after its %s were created", namespace, guard)
                .anyMatch(it -> it.created(guard)));
    assertThat(before)
        .as("%s was opened after its sandbox was proven", namespace)
        .anyMatch(ApiRequest::provedTheSandbox);
  }

  boolean opened() {
    return requests.stream().anyMatch(ApiRequest::gaveAccess);
  }
}
