package dev.berth.local.azure.wire;

import java.time.Duration;

/** What a client may ask for, each with the bucket that it is drawn from. */
public enum Call {
  TOKEN(Bucket.NONE),
  GET_CLUSTER(Bucket.GET_MANAGED_CLUSTER),
  PUT_CLUSTER(Bucket.PUT_MANAGED_CLUSTER),
  GET_POOL(Bucket.OTHERS),
  PUT_POOL(Bucket.PUT_AGENT_POOL),
  DELETE_POOL(Bucket.OTHERS),
  LIST_POOLS(Bucket.LIST),
  GET_OPERATION(Bucket.OPERATION_STATUS),
  GET_RESULT(Bucket.OPERATION_STATUS),
  LIST_SKUS(Bucket.NONE),
  LIST_USAGES(Bucket.NONE),
  /** Nothing that the double answers. */
  OTHER(Bucket.NONE);

  private final Bucket bucket;

  Call(Bucket bucket) {
    this.bucket = bucket;
  }

  Bucket bucket() {
    return bucket;
  }

  /** The limits that AKS documents: a burst, and the time after which one more is allowed. */
  enum Bucket {
    PUT_AGENT_POOL(20, Duration.ofMinutes(1)),
    PUT_MANAGED_CLUSTER(20, Duration.ofMinutes(1)),
    GET_MANAGED_CLUSTER(60, Duration.ofSeconds(1)),
    OPERATION_STATUS(200, Duration.ofMillis(500)),
    LIST(500, Duration.ofSeconds(1)),
    OTHERS(60, Duration.ofSeconds(1)),
    /** Other resource providers, which have limits of their own. */
    NONE(Integer.MAX_VALUE, Duration.ofMillis(1));

    private final int burst;
    private final Duration refill;

    Bucket(int burst, Duration refill) {
      this.burst = burst;
      this.refill = refill;
    }

    int burst() {
      return burst;
    }

    Duration refill() {
      return refill;
    }

    boolean isPerResource() {
      return this == PUT_AGENT_POOL || this == PUT_MANAGED_CLUSTER || this == GET_MANAGED_CLUSTER;
    }
  }
}
