package dev.tarn.local.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShutdownTest {

    /** A fault of the native library would end the process with another status. */
    @Test
    void theProcessEndsInOrderWhileTheModelIsBeingLoaded(@TempDir Path folder) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ExitsWhileLoading.class.getName())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(ExitsWhileLoading.STATUS);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Ends its process as soon as it sees the session being made. */
    static final class ExitsWhileLoading {
        static final int STATUS = 3;

        private ExitsWhileLoading() {}

        public static void main(String[] args) {
            StandIn.start(0);
            while (!isMakingASession()) {
                Thread.onSpinWait();
            }
            System.exit(STATUS);
        }

        private static boolean isMakingASession() {
            return Thread.getAllStackTraces().values().stream()
                    .flatMap(Arrays::stream)
                    .anyMatch(frame -> frame.getClassName().equals("ai.onnxruntime.OrtSession")
                            && frame.getMethodName().equals("createSession")
                            && frame.isNativeMethod());
        }
    }
}
