package dev.tarn.local.standin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The two models, as Ollama lists and shows them. */
final class Catalog {
    /** Held to the packaged file by a test: the digest in an index says which weights made its vectors. */
    static final String WEIGHTS_SHA256 = "759c3cd2b7fe7e93933ad23c4c9181b7396442a2ed746ec7c1d46192c469c46e";

    static final long WEIGHTS_BYTES = 90_387_606;

    /** To be raised whenever the same prompt may get another answer. */
    private static final String EXTRACTIVE_REVISION = "extractive 2";

    private static final String TAG = ":latest";

    private static final Model EMBEDDING = new Model(
            "all-minilm" + TAG,
            WEIGHTS_SHA256,
            WEIGHTS_BYTES,
            new Details("", "onnx", "bert", List.of("bert"), "23M", "F32"),
            "num_ctx                        " + MiniLm.CONTEXT_TOKENS,
            Map.of(
                    "general.architecture",
                    "bert",
                    "bert.context_length",
                    MiniLm.CONTEXT_TOKENS,
                    "bert.embedding_length",
                    MiniLm.DIMENSION),
            List.of("embedding"));

    private static final Model CHAT = new Model(
            "extractive" + TAG,
            sha256(EXTRACTIVE_REVISION + " over " + WEIGHTS_SHA256),
            0,
            new Details("", "java", "extractive", List.of("extractive"), "0", ""),
            "",
            Map.of("general.architecture", "extractive"),
            List.of("completion"));

    private Catalog() {}

    /** A model as {@code /api/show} and {@code /api/tags} have it. */
    record Model(
            String name,
            String digest,
            long size,
            Details details,
            String parameters,
            Map<String, Object> info,
            List<String> capabilities) {

        boolean embeds() {
            return capabilities.contains("embedding");
        }
    }

    record Details(
            String parentModel,
            String format,
            String family,
            List<String> families,
            String parameterSize,
            String quantizationLevel) {}

    static List<Model> models() {
        return List.of(EMBEDDING, CHAT);
    }

    /**
     * The model that a client names, with its tag or without.
     *
     * @throws Refusal if there is none
     */
    static Model find(String name) {
        if (name == null || name.isBlank()) {
            throw Refusal.badRequest("model is required");
        }
        String tagged = name.contains(":") ? name : name + TAG;
        return models().stream()
                .filter(model -> model.name().equals(tagged))
                .findFirst()
                .orElseThrow(() -> Refusal.unknownModel(name));
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
