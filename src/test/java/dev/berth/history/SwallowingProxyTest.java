package dev.berth.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.local.process.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Half open means: no answer, and no end either. */
class SwallowingProxyTest {
  private ServerSocket echo;
  private SwallowingProxy proxy;

  @BeforeEach
  void start() throws IOException {
    echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::answer);
    proxy = new SwallowingProxy(echo.getLocalPort());
  }

  @AfterEach
  void end() throws IOException {
    proxy.close();
    echo.close();
  }

  @Test
  void whatWasOpenGetsNoAnswerAndNoEndAndANewConnectionWorks() throws IOException {
    try (Socket before = connect()) {
      assertThat(asks(before)).isEqualTo(1);
      assertThat(proxy.swallow()).isEqualTo(1);
      assertSilent(before);
      try (Socket after = connect()) {
        assertThat(asks(after)).isEqualTo(1);
      }
      assertSilent(before);
    }
  }

  @Test
  void whileItRefusesNothingIsOpen() throws IOException {
    try (Socket before = connect()) {
      assertThat(asks(before)).isEqualTo(1);
      proxy.refuse();
      assertThat(isOver(before)).isTrue();
      try (Socket refused = connect()) {
        assertThat(isOver(refused)).isTrue();
      }
      proxy.serve();
      try (Socket after = connect()) {
        assertThat(asks(after)).isEqualTo(1);
      }
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    socket.setSoTimeout((int) Patience.LONG.toMillis());
    return socket;
  }

  private static void assertSilent(Socket socket) throws IOException {
    socket.setSoTimeout(1_000);
    assertThatThrownBy(() -> asks(socket)).isInstanceOf(SocketTimeoutException.class);
  }

  /** The answer to a byte: the same. */
  private static int asks(Socket socket) throws IOException {
    socket.getOutputStream().write(1);
    return socket.getInputStream().read();
  }

  private static boolean isOver(Socket socket) {
    try {
      return asks(socket) < 0;
    } catch (SocketTimeoutException silent) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  private void answer() {
    while (!echo.isClosed()) {
      try {
        Socket socket = echo.accept();
        Thread.ofVirtual().start(() -> repeat(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void repeat(Socket socket) {
    try (socket) {
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
