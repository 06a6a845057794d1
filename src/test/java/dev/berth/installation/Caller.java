package dev.berth.installation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.local.Parts;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Somebody who talks to the API server, with single quotes in what they send. */
public final class Caller {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI server;
  private final HttpClient http;

  public Caller(Config config) {
    KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build();
    this.server = URI.create(config.getMasterUrl());
    this.http = client.getHttpClient();
  }

  /**
   * What the API server answered.
   *
   * @param warnings as kubectl shows them
   */
  public record Reply(int code, JsonNode body, List<String> warnings) {
    public String message() {
      return body.path("message").asText();
    }
  }

  public static Caller berth() {
    return new Caller(config(Parts.cluster().berthKubeconfig()));
  }

  public static Caller administrator() {
    return new Caller(config(Parts.cluster().kubeconfig()));
  }

  public static Caller memberOf(String... groups) {
    return as("somebody", groups);
  }

  /** With the rights of an administrator: only policies can stop this one. */
  public static Caller administratorNamed(String user, String... groups) {
    return as(
        user, Stream.concat(Stream.of("system:masters"), Stream.of(groups)).toArray(String[]::new));
  }

  private static Caller as(String user, String... groups) {
    Config config = config(Parts.cluster().kubeconfig());
    config.setImpersonateUsername(user);
    config.setImpersonateGroups(groups);
    return new Caller(config);
  }

  public Reply get(String path) {
    return send("GET", path, "application/json", null);
  }

  public Reply post(String path, String object) {
    return send("POST", path, "application/json", object);
  }

  public Reply put(String path, String object) {
    return send("PUT", path, "application/json", object);
  }

  public Reply delete(String path) {
    return delete(path, "{}");
  }

  /** The API server reads no query beside the options of a body. */
  Reply delete(String path, String options) {
    return send("DELETE", path, "application/json", options);
  }

  public Reply merge(String path, String patch) {
    return send("PATCH", path, "application/merge-patch+json", patch);
  }

  public Reply patch(String path, String kind, String patch) {
    return send("PATCH", path, "application/" + kind + "+json", patch);
  }

  public Reply apply(String path, String object) {
    return send(
        "PATCH", path + "?fieldManager=test&force=true", "application/apply-patch+yaml", object);
  }

  /** Undeclared fields are errors. */
  Reply dryApply(String path, String object) {
    return send(
        "PATCH",
        path + "?fieldManager=test&force=true&dryRun=All&fieldValidation=Strict",
        "application/apply-patch+yaml",
        object);
  }

  /** Refused if it has a field that the kind does not have. */
  Reply applyStrictly(String path, String object) {
    return send(
        "PATCH",
        path + "?fieldManager=berth-install&force=true&fieldValidation=Strict",
        "application/apply-patch+yaml",
        object.replace("'", "\\u0027"));
  }

  public Reply send(String method, String path, String type, String body) {
    HttpRequest.Builder request = http.newHttpRequestBuilder().uri(server.resolve(path));
    if (body != null) {
      request.method(method, type, body.replace('\'', '"'));
    }
    try {
      HttpResponse<String> response =
          http.sendAsync(request.build(), String.class).get(60, TimeUnit.SECONDS);
      return new Reply(
          response.code(), JSON.readTree(response.body()), response.headers("Warning"));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } catch (Exception e) {
      throw new IllegalStateException(method + " " + path + ": " + e, e);
    }
  }

  private static Config config(Path kubeconfig) {
    return Config.fromKubeconfig(kubeconfig.toFile());
  }
}
