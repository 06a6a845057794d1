package dev.berth.nodepool.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.nodepool.cloud.CloudFailure;
import dev.berth.nodepool.decide.CloudFault.Repeat;
import dev.berth.nodepool.decide.CloudFaults.Attempt;
import dev.berth.tenant.condition.Reason;
import dev.berth.tenant.condition.Reason.Weight;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudFaultsTest {

  @ParameterizedTest
  @CsvSource({
    "OperationNotAllowed, CloudBusy, LATER, continues",
    "AnotherOperationInProgress, CloudBusy, LATER, continues",
    "EtagMismatch, CloudConflict, AGAIN_ONCE, who else",
    "PreconditionFailed, CloudConflict, AGAIN_ONCE, who else",
    "OriginalEtagNotExpect, CloudConflict, LATER, who deletes",
    "ErrCode_InsufficientVCPUQuota, CloudQuota, NEVER_UNTIL_CHANGE, ask Azure",
    "InsufficientVCPUQuota, CloudQuota, NEVER_UNTIL_CHANGE, ask Azure",
    "QuotaExceeded, CloudQuota, NEVER_UNTIL_CHANGE, ask Azure",
    "ManagedClusterCountExceedsQuotaLimit, CloudQuota, NEVER_UNTIL_CHANGE, delete one",
    "SubnetIsFull, CloudQuota, NEVER_UNTIL_CHANGE, widen",
    "InsufficientSubnetSize, CloudQuota, NEVER_UNTIL_CHANGE, widen",
    "InvalidWorkloadRuntimeSettingError, VmSizeUnsuitable, NEVER_UNTIL_CHANGE, another VM size",
    "VMSizeNotSupported, VmSizeUnsuitable, NEVER_UNTIL_CHANGE, another VM size",
    "UnsupportedGen2VMSize, VmSizeUnsuitable, NEVER_UNTIL_CHANGE, another VM size",
    "SkuNotAvailable, VmSizeUnsuitable, NEVER_UNTIL_CHANGE, another VM size",
    "AllocationFailed, CloudCapacity, LATER, wait",
    "ZonalAllocationFailed, CloudCapacity, LATER, wait",
    "OverconstrainedAllocationRequest, CloudCapacity, LATER, wait",
    "OverconstrainedZonalAllocationRequest, CloudCapacity, LATER, wait",
    "PropertyChangeNotAllowed, NodePoolUnfit, NEVER_UNTIL_CHANGE, remove the pool",
    "NodeLabelKeyNotAllowed, NodePoolUnfit, NEVER_UNTIL_CHANGE, prefix",
    "AgentPoolK8sVersionNotSupported, ClusterUnfit, NEVER_UNTIL_CHANGE, upgrade",
    "RequestDisallowedByPolicy, CloudPolicy, NEVER_UNTIL_CHANGE, exempt",
    "AuthorizationFailed, CloudForbidden, NEVER_UNTIL_CHANGE, role",
    "LinkedAuthorizationFailed, CloudForbidden, NEVER_UNTIL_CHANGE, role",
    "InvalidAuthenticationTokenTenant, CloudForbidden, NEVER_UNTIL_CHANGE, directory",
    "ReadOnlyDisabledSubscription, CloudForbidden, NEVER_UNTIL_CHANGE, enable",
    "AuthenticationFailed, CloudIdentity, LATER, workload identity",
    "ExpiredAuthenticationToken, CloudIdentity, LATER, workload identity",
    "InvalidAuthenticationToken, CloudIdentity, LATER, workload identity",
    "IdentityUnavailable, CloudIdentity, LATER, workload identity",
    "ResourceNotFound, CloudNotFound, NEVER_UNTIL_CHANGE, settings",
    "NotFound, CloudNotFound, NEVER_UNTIL_CHANGE, settings",
    "ResourceGroupNotFound, CloudNotFound, NEVER_UNTIL_CHANGE, settings",
    "SubscriptionNotFound, CloudNotFound, NEVER_UNTIL_CHANGE, settings",
    "MissingSubscriptionRegistration, CloudNotFound, NEVER_UNTIL_CHANGE, az provider register",
    "SubscriptionNotRegistered, CloudNotFound, NEVER_UNTIL_CHANGE, az provider register",
    "Throttled, CloudThrottled, LATER, continues",
    "SubscriptionRequestsThrottled, CloudThrottled, LATER, continues",
    "TooManyRequestsReceived, CloudThrottled, LATER, continues",
    "TooManyRequests, CloudThrottled, LATER, continues",
    "Unreachable, CloudUnavailable, LATER, status",
    "InternalServerError, CloudUnavailable, LATER, status",
    "InternalError, CloudUnavailable, LATER, status",
    "ServiceUnavailable, CloudUnavailable, LATER, status",
    "ServerTimeout, CloudUnavailable, LATER, status",
    "GatewayTimeout, CloudUnavailable, LATER, status",
    "BadRequest, CloudRefused, NEVER_UNTIL_CHANGE, what Azure names",
    "InvalidParameter, CloudRefused, NEVER_UNTIL_CHANGE, what Azure names",
    "ReservedResourceName, CloudRefused, NEVER_UNTIL_CHANGE, what Azure names",
    "ResourceOperationFailure, CloudUnexpected, UNKNOWN, report",
    "SomethingNew, CloudUnexpected, UNKNOWN, report",
    "'', CloudUnexpected, UNKNOWN, report",
  })
  void everyCodeHasAMeaning(String code, Reason reason, Repeat repeat, String todo) {
    CloudFault fault = judge(1, failure(code, "no"));

    assertThat(fault.reason()).isEqualTo(reason);
    assertThat(fault.repeat()).isEqualTo(repeat);
    assertThat(fault.message()).startsWith("creating pool kd8sv5 failed: Azure says " + code);
    assertThat(fault.message()).contains(todo);
    assertThat(fault.delay() != null).isEqualTo(reason.weight() == Weight.RETRY);
    assertThat(judge(1, failure(code.toUpperCase(Locale.ROOT), "no")).reason()).isEqualTo(reason);
  }

  /** One code, two meanings. */
  @ParameterizedTest
  @CsvSource({
    "OperationNotAllowed, Operation is not allowed: Another operation (Updating) is in progress, CloudBusy",
    "OperationNotAllowed, Another agentpool operation (nodepool1 - Creating), CloudBusy",
    "OperationNotAllowed, exceeding approved standardDSv3Family Cores quota, CloudQuota",
    "EtagMismatch, Operation is not allowed: Another operation is in progress, CloudConflict",
    "ResourceNotFound, The Resource 'managedClusters/prod' was not found, CloudNotFound",
    "ResourceNotFound, The Resource 'managedClusters/prod/agentPools/kd8sv5' was not found, CloudConflict",
    "NotFound, The agent pool kd8sv5 does not exist, CloudConflict",
    "NotFound, .../agentPools/kd8sv5, CloudConflict",
    "ResourceOperationFailure, OriginalEtagNotExpect, CloudConflict",
    "ResourceOperationFailure, preempted by Deleting operation, CloudConflict",
    "ResourceOperationFailure, nodes did not start, CloudUnexpected",
    "BadRequest, A new agent pool was introduced, CloudRefused",
  })
  void theMessageDecidesWhereTheCodeAloneDoesNot(String code, String message, Reason reason) {
    assertThat(judge(1, failure(code, message)).reason()).isEqualTo(reason);
  }

  @Test
  void aPoolThatWasSentWithItsClusterIsAFaultOfBerth() {
    assertThat(judge(1, failure("BadRequest", "A new agent pool was introduced")).message())
        .endsWith("for the developers of Berth: report it");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 60",
    "1, 60",
    "2, 120",
    "3, 240",
    "4, 480",
    "5, 900",
    "6, 900",
    "2000000000, 900"
  })
  void theDelayDoublesFromAMinuteToAQuarterOfAnHour(int failures, long seconds) {
    assertThat(judge(failures, failure("Throttled", "no")).delay())
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource({"0, 48000", "0.5, 54000", "1, 60000"})
  void attemptsAreSpreadByAFifth(double spread, long millis) {
    assertThat(
            CloudFaults.judge(new Attempt("a try", 1, spread), failure("Throttled", "no")).delay())
        .isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({"1, 5", "2, 60", "3, 120"})
  void whatWasChangedMeanwhileIsReadAtOnceAndThenLater(int failures, long seconds) {
    assertThat(judge(failures, failure("EtagMismatch", "no")).delay())
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource({"30, 60", "60, 60", "61, 61", "-5, 60", "3599, 3599", "36000, 3600"})
  void theCloudsOwnWordCountsIfItIsLongerWithinAnHour(long said, long seconds) {
    assertThat(judge(1, failure("Throttled", "no", Duration.ofSeconds(said))).delay())
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void theCloudsOwnWordDoesNotRepeatWhatIsRefused() {
    assertThat(judge(1, failure("SkuNotAvailable", "no", Duration.ofSeconds(9))).delay()).isNull();
  }

  @Test
  void anUnknownCodeIsTriedThreeTimesAndThenWaitsForAPerson() {
    CloudFailure unknown = failure("SomethingNew", "it broke");

    assertThat(judge(2, unknown).reason()).isEqualTo(Reason.CloudUnexpected);
    assertThat(judge(2, unknown).delay()).isEqualTo(Duration.ofSeconds(120));
    for (int failures : new int[] {3, 4}) {
      assertThat(judge(failures, unknown).reason()).isEqualTo(Reason.CloudRefused);
      assertThat(judge(failures, unknown).delay()).isNull();
      assertThat(judge(failures, unknown).message())
          .contains("SomethingNew: it broke (correlation id c-1)");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 400, 1_000_000})
  void whatTheCloudWritesIsCut(int length) {
    String endless = "x".repeat(length);
    CloudFault fault = judge(1, new CloudFailure(endless, endless, endless, null));

    assertThat(fault.message()).hasSizeLessThan(900).endsWith("report the code");
  }

  @Test
  void aMissingCorrelationIdIsNotMentioned() {
    assertThat(judge(1, new CloudFailure("Throttled", "no", null, null)).message())
        .isEqualTo(
            "creating pool kd8sv5 failed: Azure says Throttled: no; Azure was asked too often with this subscription; it continues automatically");
  }

  private static CloudFault judge(int failures, CloudFailure failure) {
    return CloudFaults.judge(new Attempt("creating pool kd8sv5", failures, 1), failure);
  }

  private static CloudFailure failure(String code, String message) {
    return failure(code, message, null);
  }

  private static CloudFailure failure(String code, String message, @Nullable Duration retryAfter) {
    return new CloudFailure(code, message, "c-1", retryAfter);
  }
}
