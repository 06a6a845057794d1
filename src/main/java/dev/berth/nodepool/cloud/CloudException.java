package dev.berth.nodepool.cloud;

/** The cloud provider refused, or did not answer. */
public final class CloudException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient CloudFailure failure;

  public CloudException(CloudFailure failure) {
    super(failure.code() + ": " + failure.message());
    this.failure = failure;
  }

  public CloudFailure failure() {
    return failure;
  }
}
