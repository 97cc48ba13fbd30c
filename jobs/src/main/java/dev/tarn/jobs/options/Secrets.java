package dev.tarn.jobs.options;

import dev.tarn.failure.Misconfiguration;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** Secrets, from the environment or from mounted files. */
final class Secrets {
    private Secrets() {}

    /**
     * The value of the variable, else the content of the file that the variable with {@code _FILE} names.
     *
     * @return null where neither is set
     * @throws Misconfiguration when the file can't be read
     */
    static String value(String variable) {
        String value = System.getenv(variable);
        String file = System.getenv(variable + "_FILE");
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
    static Map<String, String> properties(String variable) {
        Map<String, String> values = new HashMap<>();
        String file = System.getenv(variable);
        if (file != null) {
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(Path.of(file))) {
                properties.load(reader);
            } catch (IOException e) {
                throw unreadable(variable, e);
            }
            properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        }
        return values;
    }

    private static Misconfiguration unreadable(String variable, IOException cause) {
        return new Misconfiguration("The file that " + variable + " names can't be read", cause);
    }
}
