package dev.tarn.testing;

import dev.tarn.security.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A secret in a temporary file, which goes with this JVM. */
public final class SecretFile {
    private SecretFile() {}

    public static Secret holding(String secret) {
        try {
            Path file = Files.createTempFile("tarn-secret", "");
            file.toFile().deleteOnExit();
            Files.writeString(file, secret);
            return Secret.of("TARN_SECRET", file.toString(), Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
