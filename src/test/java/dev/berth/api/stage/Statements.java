package dev.berth.api.stage;

import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.hibernate.resource.jdbc.spi.StatementInspector;

/** Remembers which statements were sent to the database. */
@Singleton
@PersistenceUnitExtension
@IfBuildProperty(name = "statements-told", stringValue = "true")
public class Statements implements StatementInspector {

  private static final long serialVersionUID = 1;
  private static final Set<String> SEEN = new ConcurrentSkipListSet<>();

  @Override
  public String inspect(String sql) {
    SEEN.add(sql);
    return sql;
  }

  /** Those since then. */
  public static Stream<String> seen() {
    return SEEN.stream();
  }

  /** Those of {@code calls}, and of whatever else goes on meanwhile. */
  public static Set<String> of(Runnable calls) {
    SEEN.clear();
    calls.run();
    return new TreeSet<>(SEEN);
  }
}
