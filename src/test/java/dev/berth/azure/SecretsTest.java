package dev.berth.azure;

import static dev.berth.azure.AzureStand.ORDER;
import static dev.berth.azure.AzureStand.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.local.azure.wire.Call;
import dev.berth.local.azure.wire.Mishap;
import dev.berth.nodepool.cloud.CloudFailure;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tokens and signed addresses stand in no line of the log and in no failure. */
class SecretsTest {
  private static final String SIGNED = "MIIF";
  private static final Logger ROOT = Logger.getLogger("");
  private static final Logger OURS = Logger.getLogger("dev.berth.azure");

  @RegisterExtension final AzureStand stand = new AzureStand();

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Handler everything = new Lines();

  @BeforeEach
  void listen() {
    OURS.setLevel(Level.ALL);
    ROOT.addHandler(everything);
  }

  @AfterEach
  void listenNoMore() {
    ROOT.removeHandler(everything);
    OURS.setLevel(null);
  }

  @Test
  void whateverHappensNoneOfThemIsTold() {
    OURS.fine("listening");
    stand.cloud().create(ORDER);
    stand.azure().next(Call.GET_OPERATION, Mishap.dropBeforeEffect());
    stand.azure().next(Call.GET_OPERATION, Mishap.failBeforeEffect(500));
    stand.cloud().cluster();
    stand.azure().always(Call.GET_OPERATION, Mishap.refuse(403, "Forbidden", "not this address"));
    stand.cloud().cluster();
    stand.azure().close();
    String unreachable = failure(() -> stand.cloud().cluster()).toString();

    assertThat(lines).anyMatch(line -> line.contains("listening"));
    assertThat(lines).anyMatch(line -> line.contains("its operation is not told"));
    assertThat(String.join("\n", lines) + unreachable)
        .doesNotContain(SIGNED)
        .doesNotContain(stand.tokens().issued());
  }

  @Test
  void whatTheProviderQuotesIsLeftOut() {
    stand
        .azure()
        .next(
            Call.PUT_POOL,
            Mishap.refuse(
                400,
                "Odd",
                "see https://management.azure.com/operations/1?c=MIIF%2B&s=x, sent as Bearer abc and eyJhbGciOiJub25lIn0.e30.x"));

    CloudFailure failure = failure(() -> stand.cloud().create(ORDER));

    assertThat(failure.message())
        .isEqualTo("see https://management.azure.com/operations/1... sent as ... and ...");
  }

  private final class Lines extends Handler {
    private final PatternFormatter formatter = new PatternFormatter("%c %s%e");

    @Override
    public void publish(LogRecord line) {
      lines.add(formatter.format(ExtLogRecord.wrap(line)));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
