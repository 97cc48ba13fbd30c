package dev.tarn.jobs.options;

import dev.tarn.failure.Misconfiguration;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What an option is when the command line doesn't say: the environment's value, else the file's, else its default. */
public final class LayeredDefaults implements IDefaultValueProvider {
    private static final String CONFIG = "--config";

    private final Properties file;

    private LayeredDefaults(Properties file) {
        this.file = file;
    }

    /**
     * Reads the file that {@code --config} names, if there is one.
     *
     * @throws Misconfiguration when it can't be read
     */
    static LayeredDefaults of(String... arguments) {
        Properties file = new Properties();
        String name = System.getenv(environmentVariable(CONFIG));
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
            } catch (IOException e) {
                throw new Misconfiguration("--config: the file " + name + " can't be read", e);
            }
        }
        return new LayeredDefaults(file);
    }

    @Override
    public String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)) {
            return null;
        }
        String environment = System.getenv(environmentVariable(option.longestName()));
        return environment != null
                ? environment
                : file.getProperty(option.longestName().substring(2));
    }

    /** The environment variable of an option: {@code --top-k} is {@code TARN_TOP_K}. */
    public static String environmentVariable(String option) {
        return "TARN_" + option.substring(2).toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
