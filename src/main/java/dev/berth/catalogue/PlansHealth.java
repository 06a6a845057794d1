package dev.berth.catalogue;

import dev.berth.catalogue.document.PlanError;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while there are plans. Files that are not used are told, and make no replica unready. */
@Readiness
@ApplicationScoped
class PlansHealth implements HealthCheck {

  private final PlanDirectory plans;

  PlansHealth(PlanDirectory plans) {
    this.plans = plans;
  }

  @Override
  public HealthCheckResponse call() {
    List<PlanError> errors = plans.errors();
    var response = HealthCheckResponse.named("plans").status(!plans.current().releases().isEmpty());
    return errors.isEmpty()
        ? response.build()
        : response
            .withData(
                "faults",
                errors.stream().map(PlanError::toString).collect(Collectors.joining("; ")))
            .build();
  }
}
