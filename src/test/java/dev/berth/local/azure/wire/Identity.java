package dev.berth.local.azure.wire;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Entra ID as workload identity uses it: a federated token goes in as a client assertion, an access
 * token for the Resource Manager comes out. Also the check that the Resource Manager does with it.
 */
public final class Identity {
  private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private final Clock clock;
  private final String tenant;
  private final Map<String, Instant> expiries = new ConcurrentHashMap<>();
  private volatile Duration lifetime = Duration.ofHours(1);
  private volatile boolean unreachable;

  /** Path of the endpoint that a workload with a managed identity asks, as App Service has it. */
  public static final String MANAGED = "/msi/token";

  /** What only a process on the machine knows: it is sent as {@code X-IDENTITY-HEADER}. */
  public static final String SECRET = "local";

  public Identity(Clock clock, String tenant) {
    this.clock = clock;
    this.tenant = tenant;
  }

  public void goesDown() {
    unreachable = true;
  }

  public void comesBack() {
    unreachable = false;
  }

  /** Of tokens issued from now on. */
  public void tokensLiveFor(Duration time) {
    lifetime = time;
  }

  /** Nobody holds a valid token any more, whatever its age. */
  public void revokesAll() {
    expiries.clear();
  }

  /** A token without the detour over the wire. */
  public String issue() {
    String token = "fake." + UUID.randomUUID() + ".token";
    expiries.put(token, clock.instant().plus(lifetime));
    return token;
  }

  public Answer answer(Request request) {
    if (unreachable) {
      return Answer.DROPPED;
    }
    Map<String, String> form = Request.form(request.body());
    if (!request.path().startsWith("/" + tenant + "/")) {
      return refusal(400, "invalid_request", "AADSTS90002: Tenant not found.");
    }
    if (!"client_credentials".equals(form.get("grant_type"))) {
      return refusal(400, "unsupported_grant_type", "AADSTS70003: Unsupported grant type.");
    }
    if (!form.getOrDefault("scope", "").endsWith("/.default")) {
      return refusal(400, "invalid_scope", "AADSTS1002012: The scope must end with /.default.");
    }
    if (form.getOrDefault("client_id", "").isEmpty()
        || !ASSERTION.equals(form.get("client_assertion_type"))
        || form.getOrDefault("client_assertion", "").split("\\.").length != 3) {
      return refusal(401, "invalid_client", "AADSTS7000215: Invalid client assertion.");
    }
    return Answer.of(
        200,
        JsonNodeFactory.instance
            .objectNode()
            .put("token_type", "Bearer")
            .put("expires_in", lifetime.toSeconds())
            .put("ext_expires_in", lifetime.toSeconds())
            .put("access_token", issue()));
  }

  /** For a managed identity. */
  public Answer managed(Request request) {
    if (unreachable) {
      return Answer.DROPPED;
    }
    if (!request.header("x-identity-header").equals(Optional.of(SECRET))) {
      return refusal(401, "unauthorized", "X-IDENTITY-HEADER is missing or wrong.");
    }
    return Answer.of(
        200,
        JsonNodeFactory.instance
            .objectNode()
            .put("access_token", issue())
            .put("expires_on", Long.toString(clock.instant().plus(lifetime).getEpochSecond()))
            .put("resource", "https://management.azure.com/")
            .put("token_type", "Bearer"));
  }

  void check(Request request) {
    String header = request.header("authorization").orElse("");
    if (header.isEmpty()) {
      throw unauthorized(
          "AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing.");
    }
    Instant expiry = expiries.get(header.replaceFirst("^Bearer ", ""));
    if (expiry == null || !header.startsWith("Bearer ")) {
      throw unauthorized("InvalidAuthenticationToken", "The access token is invalid.");
    }
    if (!clock.instant().isBefore(expiry)) {
      throw unauthorized(
          "ExpiredAuthenticationToken",
          "The access token expiry UTC time '%s' is earlier than current UTC time '%s'."
              .formatted(expiry, clock.instant()));
    }
  }

  private Refusal unauthorized(String code, String message) {
    return Refusal.ofArm(401, code, message)
        .with(
            "www-authenticate",
            "Bearer authorization_uri=\"https://login.microsoftonline.com/%s\", error=\"invalid_token\", error_description=\"%s\""
                .formatted(tenant, message));
  }

  private static Answer refusal(int status, String error, String description) {
    return Answer.of(
        status,
        JsonNodeFactory.instance
            .objectNode()
            .put("error", error)
            .put("error_description", description));
  }
}
