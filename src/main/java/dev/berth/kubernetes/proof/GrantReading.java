package dev.berth.kubernetes.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.kubernetes.server.ApiServer;
import dev.berth.kubernetes.server.Live;
import dev.berth.kubernetes.server.Pages;
import dev.berth.plan.isolation.RoleGrant;
import dev.berth.tenant.Subject;
import dev.berth.tenant.Subject.SubjectKind;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/** Reads to whom the bindings of the cluster give something. */
@Singleton
class GrantReading {

  private static final Logger LOG = Logger.getLogger(GrantReading.class);
  private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/";
  private static final String PAGE = "?limit=500";

  private final ApiServer api;
  private volatile String told = "";

  GrantReading(ApiServer api) {
    this.api = api;
  }

  /** In the namespaces and in the cluster as a whole; empty = not all of them can be read. */
  Optional<List<RoleGrant>> read(Set<String> namespaces, Instant deadline) {
    List<RoleGrant> grants = new ArrayList<>();
    try {
      Pages.read(
          api,
          RBAC + "clusterrolebindings" + PAGE,
          deadline,
          binding -> grants.add(grant(binding, "")));
      for (String namespace : namespaces) {
        Pages.read(
            api,
            RBAC + "namespaces/" + namespace + "/rolebindings" + PAGE,
            deadline,
            binding -> grants.add(grant(binding, namespace)));
      }
      told = "";
      return Optional.of(grants);
    } catch (IllegalStateException e) {
      tell(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** Once for each cause. */
  private void tell(String why) {
    if (!why.equals(told)) {
      LOG.warnf(
          "everybody is asked for every right, as the bindings are not known: %s; give Berth the rights of k8s/base",
          why);
    }
    told = why;
  }

  private static RoleGrant grant(Live binding, String namespace) {
    JsonNode role = binding.json().path("roleRef");
    return new RoleGrant(
        namespace,
        role.path("kind").asText() + " " + role.path("name").asText(),
        StreamSupport.stream(binding.json().path("subjects").spliterator(), false)
            .flatMap(GrantReading::subject)
            .toList());
  }

  private static Stream<Subject> subject(JsonNode subject) {
    String name = subject.path("name").asText();
    return switch (subject.path("kind").asText()) {
      case "User" -> Stream.of(new Subject(SubjectKind.User, name, null));
      case "Group" -> Stream.of(new Subject(SubjectKind.Group, name, null));
      case "ServiceAccount" ->
          Stream.of(
              new Subject(SubjectKind.ServiceAccount, name, subject.path("namespace").asText()));
      default -> Stream.empty();
    };
  }
}
