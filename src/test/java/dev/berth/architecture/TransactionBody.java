package dev.berth.architecture;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaCodeUnitReference;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What may run while the transaction of a method is open: all of a transactional method, or the
 * lambdas and method references of one that opens a transaction; then what these call in Berth.
 */
final class TransactionBody {

  private static final String TRANSACTIONAL = "jakarta.transaction.Transactional";
  private static final List<String> OPENERS =
      List.of(
          "io.quarkus.narayana.jta.",
          "jakarta.transaction.UserTransaction",
          "jakarta.transaction.TransactionManager");

  private TransactionBody() {}

  /** Every access while the transaction is open, none where there is no transaction. */
  static Set<JavaAccess<?>> of(JavaCodeUnit unit) {
    Set<JavaAccess<?>> reached = new LinkedHashSet<>();
    var open = new ArrayDeque<>(written(unit));
    while (!open.isEmpty()) {
      JavaAccess<?> access = open.pop();
      if (reached.add(access)) {
        callees(access).forEach(callee -> open.addAll(callee.getAccessesFromSelf()));
      }
    }
    return reached;
  }

  private static Collection<JavaAccess<?>> written(JavaCodeUnit unit) {
    if (unit.isAnnotatedWith(TRANSACTIONAL) || unit.getOwner().isAnnotatedWith(TRANSACTIONAL)) {
      return unit.getAccessesFromSelf();
    }
    if (!opensATransaction(unit)) {
      return Set.of();
    }
    return unit.getAccessesFromSelf().stream()
        .filter(access -> access.isDeclaredInLambda() || access instanceof JavaCodeUnitReference)
        .toList();
  }

  /** By itself, or by handing work to a method of Berth that does. */
  private static boolean opensATransaction(JavaCodeUnit unit) {
    return unit.getCallsFromSelf().stream()
        .anyMatch(call ->
            OPENERS.stream().anyMatch(call.getTargetOwner().getName()::startsWith)
                || callees(call)
                    .filter(callee -> !callee.equals(unit) && takesWork(callee))
                    .anyMatch(TransactionBody::opensATransaction));
  }

  private static boolean takesWork(JavaCodeUnit unit) {
    return unit.getRawParameterTypes().stream()
        .anyMatch(type -> type.isAnnotatedWith(FunctionalInterface.class));
  }

  /** The code of Berth that the access may run: an implementation where an interface is named. */
  private static Stream<JavaCodeUnit> callees(JavaAccess<?> access) {
    if (!(access.getTarget() instanceof CodeUnitAccessTarget target)) {
      return Stream.empty();
    }
    JavaClass owner = target.getOwner();
    String[] parameters =
        target.getRawParameterTypes().stream().map(JavaClass::getName).toArray(String[]::new);
    return Stream.concat(
            target.resolveMember().stream(),
            owner.getAllSubclasses().stream()
                .flatMap(type -> type.tryGetMethod(target.getName(), parameters).stream()))
        .filter(unit -> unit.getOwner().getPackageName().startsWith("dev.berth"))
        .map(JavaCodeUnit.class::cast);
  }
}
