package dev.berth.azure;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpResponse;
import com.azure.core.management.exception.ManagementError;
import dev.berth.nodepool.cloud.CloudException;
import dev.berth.nodepool.cloud.CloudFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What went wrong, in the words of the provider and without its secrets. */
final class Failures {

  private static final HttpHeaderName CORRELATION =
      HttpHeaderName.fromString("x-ms-correlation-request-id");
  private static final Pattern SECRET =
      Pattern.compile("(?<=://[^\\s?\"']{1,500})\\?[^\\s\"']+|eyJ[\\w-]{8,}[\\w.-]*|Bearer \\S+");
  private static final Pattern SECONDS = Pattern.compile("\\d{1,6}");
  private static final int SERVER_FAULT = 500;
  private static final int UNAUTHORIZED = 401;
  private static final int FIRST_FAULT = 400;

  private Failures() {}

  /** Whatever the call cannot do comes as a {@link CloudException}. */
  static <T> T told(Supplier<T> call) {
    try {
      return call.get();
    } catch (CloudException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new CloudException(of(e));
    }
  }

  /**
   * @throws RuntimeException the same, where it is not the provider's fault
   */
  static CloudFailure of(RuntimeException thrown) {
    for (Throwable e = thrown; e != null; e = e.getCause()) {
      if (e instanceof BearerToken.Missing) {
        return plain(CloudFailure.IDENTITY, told(Objects.requireNonNullElse(e.getCause(), e)));
      }
      if (e instanceof HttpResponseException answered && answered.getResponse() != null) {
        return answered(answered.getResponse(), answered.getValue());
      }
      if (e instanceof IOException || e instanceof TimeoutException) {
        return plain(CloudFailure.UNREACHABLE, told(e));
      }
    }
    throw thrown;
  }

  /** Of an operation, which fails with HTTP 200. */
  static CloudFailure of(ManagementError error, HttpHeaders headers) {
    return failure(headers, error.getCode(), message(error, ""));
  }

  /** Of a pool that failed without being asked; null = it did not. */
  static @Nullable CloudFailure ofPool(@Nullable ManagementError error) {
    return error == null || error.getCode() == null
        ? null
        : plain(error.getCode(), message(error, ""));
  }

  private static CloudFailure answered(HttpResponse response, @Nullable Object value) {
    int status = response.getStatusCode();
    ManagementError error = value instanceof ManagementError told ? told : null;
    String code = code(error, "Http" + status);
    String message = message(error, "The answer says nothing more.");
    if (status >= SERVER_FAULT || (status < FIRST_FAULT && error == null)) {
      return failure(response.getHeaders(), CloudFailure.UNREACHABLE, code + ": " + message);
    }
    return status == UNAUTHORIZED
        ? failure(response.getHeaders(), CloudFailure.IDENTITY, code + ": " + message)
        : failure(response.getHeaders(), code, message);
  }

  private static String code(@Nullable ManagementError error, String otherwise) {
    return error == null || error.getCode() == null ? otherwise : error.getCode();
  }

  /** The reason is often only in the details, and the message above misleads. */
  private static String message(@Nullable ManagementError error, String otherwise) {
    if (error == null) {
      return otherwise;
    }
    List<? extends ManagementError> details =
        Objects.requireNonNullElse(error.getDetails(), List.of());
    String message = Objects.requireNonNullElse(error.getMessage(), otherwise);
    return details.isEmpty()
        ? message
        : details.stream()
            .map(detail -> code(detail, "") + ": " + message(detail, ""))
            .collect(Collectors.joining("; ", message + " (", ")"));
  }

  private static CloudFailure failure(HttpHeaders headers, String code, String message) {
    return new CloudFailure(
        code, withoutSecrets(message), headers.getValue(CORRELATION), retryAfter(headers));
  }

  private static CloudFailure plain(String code, String message) {
    return new CloudFailure(code, withoutSecrets(message), null, null);
  }

  private static @Nullable Duration retryAfter(HttpHeaders headers) {
    String seconds = Objects.requireNonNullElse(headers.getValue(HttpHeaderName.RETRY_AFTER), "");
    return SECONDS.matcher(seconds).matches()
        ? Duration.ofSeconds(Integer.parseInt(seconds))
        : null;
  }

  private static String told(Throwable e) {
    String message = Objects.requireNonNullElse(e.getMessage(), "");
    return e.getClass().getSimpleName() + (message.isEmpty() ? "" : ": " + message);
  }

  private static String withoutSecrets(String message) {
    return SECRET.matcher(message).replaceAll("...");
  }
}
