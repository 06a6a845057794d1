package dev.berth.nodepool.decide;

import dev.berth.nodepool.cloud.CloudFailure;
import dev.berth.nodepool.decide.CloudFault.Repeat;
import dev.berth.tenant.advice.Actor;
import dev.berth.tenant.condition.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Every error code of the cloud that is known, and what it means: the one table of them. */
final class CloudCodes {

  /**
   * First codes, in any case of letters. One with a colon counts only where the message contains
   * what follows, and then before the bare code. Below them: reason, when it is tried again, who
   * must act, what it means, what to do.
   */
  private static final String TABLE =
      """
      OperationNotAllowed, AnotherOperationInProgress
        | CloudBusy | LATER | NOBODY | another operation on the cluster or a pool of it is under way, maybe Azure's own | it continues automatically
      EtagMismatch
        | CloudConflict | AGAIN_ONCE | PLATFORM_TEAM | somebody changed the pool in the meantime; it is read and planned anew | if it stays, find out who else changes it
      PreconditionFailed, ResourceNotFound:agentPool, NotFound:agentPool, NotFound:agent pool
        | CloudConflict | AGAIN_ONCE | PLATFORM_TEAM | the pool came or went in the meantime; it is read and planned anew | if it stays, find out who else changes it
      OriginalEtagNotExpect, ResourceOperationFailure:OriginalEtagNotExpect, ResourceOperationFailure:preempted
        | CloudConflict | LATER | PLATFORM_TEAM | a deletion of the pool overtook it; what is there then is read and planned anew | find out who deletes the pool
      ErrCode_InsufficientVCPUQuota, InsufficientVCPUQuota, QuotaExceeded, OperationNotAllowed:quota
        | CloudQuota | NEVER_UNTIL_CHANGE | SUBSCRIPTION_OWNER | a quota of the subscription is too small for it; surge nodes of an upgrade count | ask Azure for more of this quota, or release a plan version with fewer nodes
      ManagedClusterCountExceedsQuotaLimit
        | CloudQuota | NEVER_UNTIL_CHANGE | SUBSCRIPTION_OWNER | the subscription has as many clusters as it may | ask Azure for more, or delete one
      SubnetIsFull, InsufficientSubnetSize
        | CloudQuota | NEVER_UNTIL_CHANGE | PLATFORM_TEAM | the subnet of the nodes has too few addresses left | widen the subnet, or free addresses in it
      InvalidWorkloadRuntimeSettingError
        | VmSizeUnsuitable | NEVER_UNTIL_CHANGE | PLATFORM_TEAM | machines of this VM size cannot run virtual machines of their own | release a plan version with another VM size
      VMSizeNotSupported, UnsupportedGen2VMSize, SkuNotAvailable
        | VmSizeUnsuitable | NEVER_UNTIL_CHANGE | PLATFORM_TEAM | this VM size cannot be used here: region, subscription or generation | release a plan version with another VM size
      AllocationFailed, ZonalAllocationFailed, OverconstrainedAllocationRequest, OverconstrainedZonalAllocationRequest
        | CloudCapacity | LATER | PLATFORM_TEAM | Azure has too few machines of this VM size there at the moment | wait, or release a plan version with another VM size
      PropertyChangeNotAllowed
        | NodePoolUnfit | NEVER_UNTIL_CHANGE | PLATFORM_TEAM | what was to be changed can only be chosen for a new pool | remove the pool, and Berth makes it anew
      NodeLabelKeyNotAllowed
        | NodePoolUnfit | NEVER_UNTIL_CHANGE | PLATFORM_TEAM | a label of the nodes has a reserved prefix | give the label a prefix of your own
      AgentPoolK8sVersionNotSupported
        | ClusterUnfit | NEVER_UNTIL_CHANGE | PLATFORM_TEAM | AKS makes no nodes of the cluster's Kubernetes version any more | upgrade the cluster
      RequestDisallowedByPolicy
        | CloudPolicy | NEVER_UNTIL_CHANGE | SUBSCRIPTION_OWNER | an Azure Policy forbids it, which Azure names | exempt the cluster from the policy, or choose what it allows
      AuthorizationFailed, LinkedAuthorizationFailed
        | CloudForbidden | NEVER_UNTIL_CHANGE | SUBSCRIPTION_OWNER | Berth's identity lacks a right, which Azure names | give it a role with that action on that scope
      InvalidAuthenticationTokenTenant
        | CloudForbidden | NEVER_UNTIL_CHANGE | PLATFORM_TEAM | Berth's identity is of another directory than the subscription | correct the directory or the subscription in Berth's settings
      ReadOnlyDisabledSubscription
        | CloudForbidden | NEVER_UNTIL_CHANGE | SUBSCRIPTION_OWNER | the subscription is disabled | enable it
      IdentityUnavailable, AuthenticationFailed, ExpiredAuthenticationToken, InvalidAuthenticationToken
        | CloudIdentity | LATER | PLATFORM_TEAM | Berth has no token that is accepted | if it stays, check the workload identity of Berth's ServiceAccount and its federation
      ResourceNotFound, NotFound, ResourceGroupNotFound, SubscriptionNotFound
        | CloudNotFound | NEVER_UNTIL_CHANGE | PLATFORM_TEAM | the subscription, resource group or cluster is not there, or hidden from Berth's identity | correct its name in Berth's settings
      MissingSubscriptionRegistration, SubscriptionNotRegistered
        | CloudNotFound | NEVER_UNTIL_CHANGE | SUBSCRIPTION_OWNER | the subscription is not set up for AKS | run: az provider register --namespace Microsoft.ContainerService
      PreviewFeatureNotRegistered
        | CloudNotFound | NEVER_UNTIL_CHANGE | SUBSCRIPTION_OWNER | the subscription lacks a feature, which Azure names and Berth never registers | run az feature register --namespace Microsoft.ContainerService --name with that name, and once it is Registered az provider register --namespace Microsoft.ContainerService
      Throttled, SubscriptionRequestsThrottled, TooManyRequestsReceived, TooManyRequests
        | CloudThrottled | LATER | NOBODY | Azure was asked too often with this subscription | it continues automatically
      Unreachable, InternalServerError, InternalError, ServiceUnavailable, ServerTimeout, GatewayTimeout
        | CloudUnavailable | LATER | PLATFORM_TEAM | Azure did not answer, or is broken; what was asked for may have happened, so it is read first | if it stays, check Azure's status and the way from Berth to it
      BadRequest:agent pool was introduced
        | CloudRefused | NEVER_UNTIL_CHANGE | DEVELOPERS | a pool was sent as a part of its cluster | report it
      BadRequest, InvalidParameter, ReservedResourceName
        | CloudRefused | NEVER_UNTIL_CHANGE | PLATFORM_TEAM | Azure does not accept the request as it is | change what Azure names, or report it
      """;

  private static final Meaning UNKNOWN =
      new Meaning(
          Reason.CloudUnexpected,
          Repeat.UNKNOWN,
          Actor.PLATFORM_TEAM,
          "Berth does not know this code, and tries three times",
          "act on what Azure says, and report the code");

  /** What also depends on the message comes first. */
  private static final List<Row> ROWS =
      Stream.of(TABLE.split("\n(?=\\S)", -1))
          .flatMap(CloudCodes::rows)
          .sorted((one, other) -> Boolean.compare(one.text.isEmpty(), other.text.isEmpty()))
          .toList();

  private CloudCodes() {}

  /**
   * What is known of a code.
   *
   * @param todo what {@code who} must do
   */
  record Meaning(Reason reason, Repeat repeat, Actor who, String meaning, String todo) {}

  /** One code, and a text in lower case that must be in the message. */
  private record Row(String code, String text, Meaning meaning) {

    static Row of(String code, Meaning meaning) {
      String[] parts = code.split(":", 2);
      String text = parts.length == 1 ? "" : parts[1].toLowerCase(Locale.ROOT);
      return new Row(parts[0], text, meaning);
    }
  }

  static Meaning of(CloudFailure failure) {
    String message = failure.message().toLowerCase(Locale.ROOT);
    return ROWS.stream()
        .filter(row -> row.code.equalsIgnoreCase(failure.code()) && message.contains(row.text))
        .map(Row::meaning)
        .findFirst()
        .orElse(UNKNOWN);
  }

  /** As the table spells it. */
  static Optional<String> known(String code) {
    return ROWS.stream().map(Row::code).filter(code::equalsIgnoreCase).findFirst();
  }

  /** Of one paragraph. */
  private static Stream<Row> rows(String written) {
    String[] cells = written.strip().split("\\s*\\| ", -1);
    Meaning meaning =
        new Meaning(
            Reason.valueOf(cells[1]),
            Repeat.valueOf(cells[2]),
            Actor.valueOf(cells[3]),
            cells[4],
            cells[5]);
    return Stream.of(cells[0].split(", ", -1)).map(code -> Row.of(code, meaning));
  }
}
