package dev.berth.delivery.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The checks of the runs find what they are there for. */
class ChecksTest {
  private static final ApiRequest NAMESPACE = created("namespaces");
  private static final ApiRequest NETWORK = created("networkpolicies");
  private static final ApiRequest QUOTA = created("resourcequotas");
  private static final ApiRequest LIMITS = created("limitranges");
  private static final ApiRequest PROOF =
      request("pods", true, 0, 403, "'berth-sandbox' with binding 'berth-sandbox' denied request");
  private static final ApiRequest NOBODY = request("rolebindings", false, 0, 201, "");
  private static final ApiRequest ACCESS = request("rolebindings", false, 1, 201, "");
  private static final ApiRequest CUT_OFF = request("namespaces", false, 0, 504, "Timeout");
  private static final ApiRequest MET =
      request("namespaces", false, 0, 409, "namespaces \"x\" already exists");

  @Test
  void accessAfterEverythingIsWell() {
    only(NAMESPACE, QUOTA, NOBODY, NETWORK, LIMITS, PROOF, ACCESS).assertOpenedLast("x");
  }

  @Test
  void accessBeforeAGuardIsFound() {
    for (ApiRequest missing : List.of(NETWORK, QUOTA, LIMITS, PROOF)) {
      ApiRequest[] tooEarly =
          Stream.concat(
                  Stream.of(NAMESPACE, NETWORK, QUOTA, LIMITS, PROOF).filter(it -> it != missing),
                  Stream.of(ACCESS, missing))
              .toArray(ApiRequest[]::new);
      assertThatThrownBy(() -> only(tooEarly).assertOpenedLast("x"))
          .isInstanceOf(AssertionError.class);
    }
  }

  @Test
  void aProofOfAnEarlierLifeDoesNotCount() {
    List<NamespaceLife> lives =
        NamespaceLife.of(
            List.of(NAMESPACE, NETWORK, QUOTA, LIMITS, PROOF, ACCESS, NAMESPACE, NETWORK, ACCESS));
    assertThat(lives).hasSize(2);
    assertThatThrownBy(() -> lives.getLast().assertOpenedLast("x"))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void aCreationThatWasCutOffCountsOnceTheNamespaceIsMet() {
    assertThat(NamespaceLife.of(List.of(CUT_OFF))).isEmpty();
    assertThat(NamespaceLife.of(List.of(CUT_OFF, MET, MET))).hasSize(1);
    assertThat(NamespaceLife.of(List.of(CUT_OFF, NAMESPACE, MET))).hasSize(1);
  }

  @Test
  void aGapAndAWrongOrderAreFound() {
    history(event("a", 1, ""), event("b", 2, ""), event("a", 1, "")).assertGaplessFromOne();
    assertThatThrownBy(() -> history(event("a", 1, ""), event("c", 3, "")).assertGaplessFromOne())
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> history(event("b", 2, ""), event("a", 1, "")).assertGaplessFromOne())
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void aRepeatWithOtherBytesIsFound() {
    StatusHistory identical = history(event("a", 1, "x"), event("a", 1, "x"));
    identical.assertRepeatsAreIdentical();
    assertThat(identical.repeats()).isOne();
    StatusHistory altered = history(event("a", 1, "x"), event("a", 1, "y"));
    assertThatThrownBy(altered::assertRepeatsAreIdentical).isInstanceOf(AssertionError.class);
  }

  private static NamespaceLife only(ApiRequest... requests) {
    List<NamespaceLife> lives = NamespaceLife.of(List.of(requests));
    assertThat(lives).hasSize(1);
    return lives.getFirst();
  }

  private static ApiRequest created(String resource) {
    return request(resource, false, 0, 201, "");
  }

  private static ApiRequest request(
      String resource, boolean isDry, int subjects, int code, String message) {
    return new ApiRequest(
        Instant.EPOCH,
        "create",
        resource,
        "x",
        isDry,
        subjects,
        new ApiRequest.Answer(code, message, "uid"));
  }

  private static StatusHistory history(StatusEvent... events) {
    return new StatusHistory(List.of(events));
  }

  private static StatusEvent event(String id, long sequence, String bytes) {
    return new StatusEvent(
        "acme",
        id,
        "dev.berth.tenant.accepted.v1",
        "",
        Instant.EPOCH,
        JsonNodeFactory.instance.objectNode().put("sequence", sequence),
        bytes);
  }
}
