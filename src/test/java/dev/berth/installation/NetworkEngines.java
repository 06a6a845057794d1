package dev.berth.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

/** Kinds that network engines bring along. */
public final class NetworkEngines {

  private NetworkEngines() {}

  /** Returns when it is served, which is a moment after it was defined. */
  public static void serve(Caller administrator, String group, String plural, String kind) {
    String definition =
        """
        {'metadata': {'name': '%2$s.%1$s', 'annotations': {'api-approved.kubernetes.io': 'unapproved, a test'}},
         'spec': {'group': '%1$s', 'scope': 'Namespaced', 'names': {'plural': '%2$s', 'kind': '%3$s'},
           'versions': [{'name': 'v1', 'served': true, 'storage': true,
                         'schema': {'openAPIV3Schema': {'type': 'object', 'x-kubernetes-preserve-unknown-fields': true}}}]}}\
        """
            .formatted(group, plural, kind);
    assertThat(
            administrator
                .post("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", definition)
                .code())
        .isIn(201, 409);
    await(plural + " are served")
        .atMost(Duration.ofMinutes(2))
        .ignoreExceptions() // until then what is answered is no JSON
        .until(() -> administrator.get("/apis/%s/v1/%s".formatted(group, plural)).code() == 200);
  }
}
