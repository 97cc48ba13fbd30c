package dev.tarn.local.stack;

/** The ports to listen on if they are free; a taken one is replaced by a free one, and 0 always takes a free one. */
public record PreferredPorts(int kafka, int redis, int flink) {

    public static final PreferredPorts WELL_KNOWN = new PreferredPorts(9092, 6379, 8081);
    public static final PreferredPorts ANY = new PreferredPorts(0, 0, 0);
}
