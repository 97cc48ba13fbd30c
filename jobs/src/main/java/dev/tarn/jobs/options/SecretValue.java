package dev.tarn.jobs.options;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Refuses a secret that is given as an option, without repeating it, and says where it belongs. */
class SecretValue implements ITypeConverter<String> {
    private final String option;

    private SecretValue(String option) {
        this.option = option;
    }

    @Override
    public String convert(String value) {
        throw new TypeConversionException("a secret is no option, for the web UI and ps would show it. Put it into the"
                + " environment variable " + LayeredDefaults.environmentVariable(option) + ", or into a file: " + option
                + "-file");
    }

    static final class OfRedis extends SecretValue {
        OfRedis() {
            super("--redis-password");
        }
    }

    static final class OfOllama extends SecretValue {
        OfOllama() {
            super("--ollama-api-key");
        }
    }
}
