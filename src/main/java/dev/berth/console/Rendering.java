package dev.berth.console;

import dev.berth.api.ApiConfig;
import dev.berth.api.ApiConfig.Auth;
import dev.berth.console.Frame.PagePlace;
import dev.berth.provisioning.ProvisioningConfig;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a page, or the one panel of it that a browser asks for again. */
@ApplicationScoped
public class Rendering {

  public static final String HTML = MediaType.TEXT_HTML + ";charset=UTF-8";

  private static final String OPEN =
      "Everybody who reaches this console may read and act here (berth.api.auth=none): fit for the local run only.";
  private static final String OBSERVES =
      "Berth only observes (berth.mode=observe): it plans and tells what it would do, and writes nothing.";

  private final boolean open;
  private final boolean observes;
  private final SecurityIdentity caller;
  private final Assets assets = Assets.ofThisVersion();

  Rendering(ApiConfig access, ProvisioningConfig config, SecurityIdentity caller) {
    this.open = access.auth() == Auth.NONE;
    this.observes = config.mode().observes();
    this.caller = caller;
  }

  /** The panels below each other; only the one that the request names, if it names one. */
  public Response page(HttpHeaders request, String title, Screen screen, List<Panel> panels) {
    return page(request, new PagePlace(title, screen, ""), panels);
  }

  /** The same for one that may be told of changes. */
  public Response page(HttpHeaders request, PagePlace place, List<Panel> panels) {
    String target = request.getHeaderString("HX-Target");
    return panels.stream()
        .filter(panel -> panel.id().equals(target))
        .findFirst()
        .map(panel -> alone(panel.written(), request.getHeaderString(HttpHeaders.IF_NONE_MATCH)))
        .orElseGet(() ->
            answer(
                Response.Status.OK,
                Templates.page(
                    frame(place, name()), panels.stream().map(Panel::written).toList())));
  }

  /** What a browser has already is not sent again, so that nothing on the page moves. */
  private static Response alone(Panel.Written panel, @Nullable String known) {
    return panel.tag().equals(known)
        ? Response.notModified().build()
        : answer(Response.Status.OK, Templates.panel(panel));
  }

  /**
   * A page that says what is wrong.
   *
   * @param known whether it is found out who reads it: it cannot be asked for before
   */
  String failure(String title, List<String> sentences, boolean known) {
    return Templates.failure(frame(new PagePlace(title, null, ""), known ? name() : ""), sentences)
        .render();
  }

  private static Response answer(Response.Status status, TemplateInstance content) {
    return Response.status(status)
        .type(HTML)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .entity(content.render())
        .build();
  }

  private String name() {
    return open || caller.isAnonymous() ? "" : caller.getPrincipal().getName();
  }

  private Frame frame(PagePlace place, String reader) {
    List<String> notices = new ArrayList<>();
    if (open) {
      notices.add(OPEN);
    }
    if (observes) {
      notices.add(OBSERVES);
    }
    return new Frame(place, reader, notices, assets);
  }
}
