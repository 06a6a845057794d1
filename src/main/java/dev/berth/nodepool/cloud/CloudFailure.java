package dev.berth.nodepool.cloud;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why the cloud provider did not do what it was asked for.
 *
 * @param code by which failures are told apart, never by the HTTP status: of the provider, or one
 *     of {@link #UNREACHABLE} and {@link #IDENTITY}
 * @param message as the provider wrote it, without tokens and signed addresses
 * @param correlationId for the provider's support; null = it gave none
 * @param retryAfter the provider's own word on when to ask again; null = none
 */
public record CloudFailure(
    String code, String message, @Nullable String correlationId, @Nullable Duration retryAfter) {

  /** No answer, or one of a server that is broken: whether the request took effect is not known. */
  public static final String UNREACHABLE = "Unreachable";

  /** There is no valid token: the identity provider did not answer, or refused. */
  public static final String IDENTITY = "IdentityUnavailable";
}
