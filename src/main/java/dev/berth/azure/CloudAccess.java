package dev.berth.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.HttpLogDetailLevel;
import com.azure.core.http.policy.HttpLogOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.core.http.policy.TimeoutPolicy;
import com.azure.core.http.policy.UserAgentPolicy;
import com.azure.core.util.Configuration;
import com.azure.identity.DefaultAzureCredentialBuilder;
import dev.berth.nodepool.cloud.Cloud;
import java.net.http.HttpClient.Version;
import java.time.Duration;

/** The way to the Resource Manager: as whom, with which patience, and without a word in the log. */
final class CloudAccess {

  private static final String CREDENTIALS = "AZURE_TOKEN_CREDENTIALS";
  private static final Duration PAUSE = Duration.ofMillis(200);

  private CloudAccess() {}

  static Cloud open(AzureConfig config) {
    return new AzureCloud(config, pipeline(config, Configuration.getGlobalConfiguration()));
  }

  /** Nothing of it repeats a write, and nothing registers a resource provider. */
  static HttpPipeline pipeline(AzureConfig config, Configuration environment) {
    HttpClient client = client(config.timeout(), environment);
    return pipeline(config, client, credential(client, environment), PAUSE);
  }

  /**
   * @param pause before a read that got no answer is asked once more
   */
  static HttpPipeline pipeline(
      AzureConfig config, HttpClient client, TokenCredential credential, Duration pause) {
    return new HttpPipelineBuilder()
        .httpClient(client)
        .policies(
            new UserAgentPolicy("berth"),
            new TimeoutPolicy(config.timeout()),
            new RepeatedReads(pause),
            new BearerToken(credential, config.endpoint(), config.timeout().dividedBy(2)))
        .build();
  }

  static HttpClient client(Duration timeout, Configuration environment) {
    return new JdkHttpClientBuilder(java.net.http.HttpClient.newBuilder().version(Version.HTTP_1_1))
        .configuration(environment)
        .connectionTimeout(timeout)
        .responseTimeout(timeout)
        .readTimeout(timeout)
        .writeTimeout(timeout)
        .build();
  }

  /**
   * A service signs in as itself, never as who happens to be logged in on the machine, unless the
   * environment says otherwise.
   */
  static TokenCredential credential(HttpClient client, Configuration environment) {
    Configuration known = environment.clone();
    if (!known.contains(CREDENTIALS)) {
      known.put(CREDENTIALS, "prod");
    }
    return new DefaultAzureCredentialBuilder()
        .configuration(known)
        .httpClient(client)
        .httpLogOptions(new HttpLogOptions().setLogLevel(HttpLogDetailLevel.NONE))
        .retryOptions(new RetryOptions(new FixedDelayOptions(1, PAUSE)))
        .build();
  }
}
