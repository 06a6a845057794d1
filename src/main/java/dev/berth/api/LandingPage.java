package dev.berth.api;

import dev.berth.provisioning.ProvisioningConfig;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What a browser finds at the address of a replica: where to read on. Open to everybody, as it says
 * nothing about any tenant; it loads and runs nothing.
 */
@Path("/")
class LandingPage {

  private static final String NOTHING =
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final String WORKS = "It works (<code>berth.mode=work</code>).";
  private static final String OBSERVES =
      "<strong>It only observes</strong> (<code>berth.mode=observe</code>): it plans and tells what it would do,"
          + " and writes nothing to Kubernetes or Azure.";

  private final String page;
  private final int managementPort;

  LandingPage(
      @ConfigProperty(name = "quarkus.management.port") int managementPort,
      ProvisioningConfig config) {
    this.managementPort = managementPort;
    this.page = read().replace("{mode}", config.mode().observes() ? OBSERVES : WORKS);
  }

  @GET
  @Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
  public Response get(UriInfo request) {
    // A host as a URI has it: no character of it means anything in HTML.
    String management = "http://%s:%d".formatted(request.getBaseUri().getHost(), managementPort);
    return Response.ok(page.replace("{management}", management))
        .header("Content-Security-Policy", NOTHING)
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer")
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  private static String read() {
    try (InputStream page = LandingPage.class.getResourceAsStream("/landing.html")) {
      return new String(
          Objects.requireNonNull(page, "landing.html").readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
