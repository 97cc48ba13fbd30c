package dev.tarn.local.evaluate;

import dev.tarn.retrieval.RetrievalSettings;

/**
 * A way to retrieve.
 *
 * @param kind what searches
 * @param retrieval how passages are chosen, or null for a baseline
 * @param name in options, tables and files
 */
public record Configuration(Kind kind, RetrievalSettings retrieval, String name) {
    public static final Configuration BM25 = new Configuration(Kind.BM25, null, "bm25");
    public static final Configuration WHOLE = new Configuration(Kind.WHOLE, null, "whole");
    public static final Configuration EXACT = new Configuration(Kind.EXACT, null, "exact");
    public static final Configuration DENSE = new Configuration(Kind.INDEX, RetrievalSettings.dense(), "dense");
    public static final Configuration HYBRID = new Configuration(Kind.INDEX, RetrievalSettings.DEFAULT, "hybrid");

    /** What searches. */
    public enum Kind {
        /** Lucene's BM25 over whole documents, in this JVM. */
        BM25,
        /** Exact search of one vector for each document, made of as much of it as the model reads; in this JVM. */
        WHOLE,
        /** Exact search of the chunks' vectors, in this JVM. */
        EXACT,
        /** The index, as the query job searches it. */
        INDEX
    }

    /**
     * Reads a name: that of a constant here in lower case; one of the index may be followed by settings, as in {@code
     * hybrid+candidates=200+near-copies=1+diversity=0.3+neighbours=1}.
     *
     * @throws IllegalArgumentException when there is no such configuration
     */
    public static Configuration parse(String name) {
        String[] parts = name.split("\\+", -1);
        Configuration base = switch (parts[0]) {
            case "bm25" -> BM25;
            case "whole" -> WHOLE;
            case "exact" -> EXACT;
            case "dense" -> DENSE;
            case "hybrid" -> HYBRID;
            default ->
                throw new IllegalArgumentException("'" + name + "' is none of bm25, whole, exact, dense and hybrid");
        };
        if (parts.length > 1 && base.kind != Kind.INDEX) {
            throw new IllegalArgumentException("'" + parts[0] + "' has no settings");
        }
        RetrievalSettings retrieval = base.retrieval;
        for (int i = 1; i < parts.length; i++) {
            retrieval = with(retrieval, parts[i]);
        }
        return new Configuration(base.kind, retrieval, name);
    }

    private static RetrievalSettings with(RetrievalSettings settings, String setting) {
        String[] parts = setting.split("=", -1);
        try {
            return switch (parts[0]) {
                case "candidates" ->
                    new RetrievalSettings(
                            settings.mode(),
                            Integer.parseInt(parts[1]),
                            settings.nearCopies(),
                            settings.diversity(),
                            settings.neighbours());
                case "near-copies" ->
                    new RetrievalSettings(
                            settings.mode(),
                            settings.candidates(),
                            Double.parseDouble(parts[1]),
                            settings.diversity(),
                            settings.neighbours());
                case "diversity" ->
                    new RetrievalSettings(
                            settings.mode(),
                            settings.candidates(),
                            settings.nearCopies(),
                            Double.parseDouble(parts[1]),
                            settings.neighbours());
                case "neighbours" ->
                    new RetrievalSettings(
                            settings.mode(),
                            settings.candidates(),
                            settings.nearCopies(),
                            settings.diversity(),
                            Integer.parseInt(parts[1]));
                default -> throw new IllegalArgumentException();
            };
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "'" + setting + "' is none of candidates=N, near-copies=SHARE, diversity=SHARE and neighbours=N",
                    e);
        }
    }

    /** Whether it searches the index as the query job does. */
    boolean isOfTheIndex() {
        return kind == Kind.INDEX;
    }

    @Override
    public String toString() {
        return name;
    }
}
