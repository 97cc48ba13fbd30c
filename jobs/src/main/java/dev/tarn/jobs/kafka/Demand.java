package dev.tarn.jobs.kafka;

/**
 * What a setting of a topic has to be.
 *
 * @param setting its name
 * @param value what it must be, or must be at least
 * @param orMore whether it may be more; then -1 is without limit
 */
record Demand(String setting, String value, boolean orMore) {

    static Demand equalTo(String setting, String value) {
        return new Demand(setting, value, false);
    }

    static Demand atLeast(String setting, long value) {
        return new Demand(setting, Long.toString(value), true);
    }

    boolean isMetBy(String actual) {
        if (!orMore) {
            return value.equals(actual);
        }
        long number = Long.parseLong(actual);
        return number == -1 || number >= Long.parseLong(value);
    }

    @Override
    public String toString() {
        return orMore ? "at least " + value : value;
    }
}
