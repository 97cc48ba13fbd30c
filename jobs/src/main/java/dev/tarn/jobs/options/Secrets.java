package dev.tarn.jobs.options;

import dev.tarn.failure.Misconfiguration;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** Secrets, from the environment or from mounted files. An empty variable counts as one that isn't set. */
final class Secrets {
    private final Map<String, String> environment;

    Secrets(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * The value of the variable, else the content of the file that the variable with {@code _FILE} names.
     *
     * @return null where neither is set
     * @throws Misconfiguration when the file can't be read
     */
    String value(String variable) {
        String value = variable(variable);
        String file = variable(variable + "_FILE");
        if (value != null || file == null) {
            return value;
        }
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw unreadable(variable + "_FILE", e);
        }
    }

    /** The properties in the file that the variable names; none where it isn't set. */
    Map<String, String> properties(String variable) {
        Map<String, String> values = new HashMap<>();
        String file = variable(variable);
        if (file != null) {
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(Path.of(file))) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) { // the latter from a malformed escape
                throw unreadable(variable, e);
            }
            properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        }
        return values;
    }

    private String variable(String name) {
        String value = environment.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    private static Misconfiguration unreadable(String variable, Exception cause) {
        return new Misconfiguration("The file that " + variable + " names can't be read", cause);
    }
}
