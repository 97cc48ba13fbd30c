package dev.tarn.security;

import dev.tarn.failure.Misconfiguration;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where a secret is, and never the secret itself: the process that uses it reads its own environment, or its own file.
 *
 * @param variable the environment variable that holds it
 * @param file the file that holds it, which goes before the variable; or null
 * @param required whether it has to be there, because it was where the settings were read
 */
public record Secret(String variable, String file, boolean required) implements Serializable {

    /** The secret in a file if one is named, else in the variable; an empty variable counts as one that isn't set. */
    public static Secret of(String variable, String file, Map<String, String> environment) {
        return new Secret(variable, file, isSet(environment.get(variable)));
    }

    /**
     * Reads the secret.
     *
     * @return null where there is none
     * @throws Misconfiguration when it should be there and isn't
     */
    public String read() {
        return read(System.getenv());
    }

    String read(Map<String, String> environment) {
        if (file != null) {
            return fromFile();
        }
        String value = environment.get(variable);
        if (isSet(value)) {
            return value;
        }
        if (required) {
            throw new Misconfiguration(variable + " is set where the job was submitted, but not in the environment of"
                    + " this process, where it is used. Set it on every TaskManager, or mount a file.");
        }
        return null;
    }

    private String fromFile() {
        String value;
        try {
            value = Files.readString(Path.of(file)).strip();
        } catch (IOException | RuntimeException e) {
            throw new Misconfiguration(
                    "The file " + file + ", which stands for " + variable + ", can't be read in this process", e);
        }
        if (value.isEmpty()) {
            throw new Misconfiguration("The file " + file + ", which stands for " + variable + ", is empty");
        }
        return value;
    }

    private static boolean isSet(String value) {
        return value != null && !value.isEmpty();
    }
}
