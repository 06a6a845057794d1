package dev.berth.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.http.policy.RequestRetryCondition;
import com.azure.core.http.policy.RetryOptions;
import com.azure.core.http.policy.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * A read that got no answer is asked once more, a write never: whether it took effect is to be read
 * first. When to ask again later is the caller's decision.
 */
final class RepeatedReads implements HttpPipelinePolicy {

  private static final int SERVER_FAULT = 500;

  private final RetryPolicy once;

  RepeatedReads(Duration pause) {
    once =
        new RetryPolicy(
            new RetryOptions(new FixedDelayOptions(1, pause))
                .setShouldRetryCondition(RepeatedReads::isPassing));
  }

  @Override
  public Mono<HttpResponse> process(HttpPipelineCallContext call, HttpPipelineNextPolicy next) {
    return call.getHttpRequest().getHttpMethod() == HttpMethod.GET
        ? once.process(call, next)
        : next.process();
  }

  /** Not what says when to come back: that is beyond this call's time. */
  private static boolean isPassing(RequestRetryCondition condition) {
    HttpResponse response = condition.getResponse();
    return response == null
        ? condition.getThrowable() instanceof IOException
        : response.getStatusCode() >= SERVER_FAULT
            && response.getHeaderValue(HttpHeaderName.RETRY_AFTER) == null;
  }
}
