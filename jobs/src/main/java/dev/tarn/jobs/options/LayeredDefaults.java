package dev.tarn.jobs.options;

import dev.tarn.failure.Misconfiguration;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What an option is when the command line doesn't say: the environment's value, else the file's, else its default. An
 * empty variable counts as one that isn't set. A hidden option stands for a secret, whose variable is no option's.
 */
public final class LayeredDefaults implements IDefaultValueProvider {
    private static final String CONFIG = "--config";

    private final Map<String, String> environment;
    private final Properties file;

    private LayeredDefaults(Map<String, String> environment, Properties file) {
        this.environment = environment;
        this.file = file;
    }

    /**
     * Reads the file that {@code --config} names, if there is one.
     *
     * @throws Misconfiguration when it can't be read
     */
    static LayeredDefaults of(Map<String, String> environment, String... arguments) {
        Properties file = new Properties();
        String name = variable(environment, CONFIG);
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].startsWith(CONFIG + "=")) {
                name = arguments[i].substring(CONFIG.length() + 1);
            } else if (arguments[i].equals(CONFIG) && i + 1 < arguments.length) {
                name = arguments[i + 1];
            }
        }
        if (name != null) {
            try (Reader reader = Files.newBufferedReader(Path.of(name))) {
                file.load(reader);
            } catch (IOException | IllegalArgumentException e) { // the latter from a malformed escape
                throw new Misconfiguration("--config: the file " + name + " can't be read", e);
            }
        }
        return new LayeredDefaults(environment, file);
    }

    @Override
    public String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)) {
            return null;
        }
        String value = option.hidden() ? null : variable(environment, option.longestName());
        return value != null ? value : file.getProperty(option.longestName().substring(2));
    }

    private static String variable(Map<String, String> environment, String option) {
        String value = environment.get(environmentVariable(option));
        return value == null || value.isEmpty() ? null : value;
    }

    /** The environment variable of an option: {@code --top-k} is {@code TARN_TOP_K}. */
    public static String environmentVariable(String option) {
        return "TARN_" + option.substring(2).toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
