package dev.tarn.local.standin;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.langchain4j.model.embedding.onnx.allminilml6v2.AllMiniLmL6V2EmbeddingModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;

/**
 * all-MiniLM-L6-v2, run in this process from the files that langchain4j packages.
 *
 * <p>langchain4j's own model class is not used: its session gives every text one native thread per core. With one
 * thread for each text and one text for each core, the same texts cost a third less processor time, and closing the
 * session leaves no thread behind. It also refuses empty text and has no limit of 256 tokens, unlike Ollama's model.
 */
final class MiniLm implements AutoCloseable {
    static final int DIMENSION = 384;
    static final int CONTEXT_TOKENS = 256;
    static final String WEIGHTS = "/all-minilm-l6-v2.onnx";
    private static final String TOKENIZER = "/all-minilm-l6-v2-tokenizer.json";

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final HuggingFaceTokenizer tokenizer;

    private MiniLm(OrtEnvironment environment, OrtSession session, HuggingFaceTokenizer tokenizer) {
        this.environment = environment;
        this.session = session;
        this.tokenizer = tokenizer;
    }

    /** Reads the model, which takes about a second. Throws {@link IllegalStateException} where it cannot run. */
    static MiniLm load() {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.addConfigEntry("session.use_device_allocator_for_initializers", "1");
            OrtSession session = openFromFile(environment, options);
            try (InputStream vocabulary = resource(TOKENIZER)) {
                Map<String, String> whole = Map.of("padding", "false", "truncation", "false");
                return new MiniLm(environment, session, HuggingFaceTokenizer.newInstance(vocabulary, whole));
            }
        } catch (OrtException | IOException e) {
            throw new IllegalStateException("cannot load all-minilm: " + e.getMessage(), e);
        }
    }

    /** Through a file, so that the weights never lie in the heap, or beside it until some collection. */
    private static OrtSession openFromFile(OrtEnvironment environment, OrtSession.SessionOptions options)
            throws OrtException, IOException {
        Path file = Files.createTempFile("all-minilm", ".onnx");
        try (InputStream weights = resource(WEIGHTS)) {
            Files.copy(weights, file, StandardCopyOption.REPLACE_EXISTING);
            synchronized (ShutdownGate.MONITOR) {
                return environment.createSession(file.toString(), options);
            }
        } finally {
            Files.delete(file);
        }
    }

    /** The token ids of a text, uncut, between the model's start and end marks. */
    long[] tokens(String text) {
        return tokenizer.encode(text, true, false).getIds();
    }

    /** How many tokens the text itself has, without the start and end marks. */
    int count(String text) {
        return tokens(text).length - 2;
    }

    /** The first tokens that fit the model's context, the end mark kept. */
    static long[] truncate(long[] tokens) {
        if (tokens.length <= CONTEXT_TOKENS) {
            return tokens;
        }
        long[] kept = Arrays.copyOf(tokens, CONTEXT_TOKENS);
        kept[CONTEXT_TOKENS - 1] = tokens[tokens.length - 1];
        return kept;
    }

    /**
     * The embedding of tokens, of length one. Threads may call it at the same time; each call uses one core.
     *
     * @throws IllegalStateException if the runtime fails
     */
    float[] embed(long[] tokens) {
        long[] ones = new long[tokens.length];
        Arrays.fill(ones, 1L);
        try (OnnxTensor ids = tensor(tokens);
                OnnxTensor mask = tensor(ones);
                OnnxTensor types = tensor(new long[tokens.length]);
                OrtSession.Result result =
                        session.run(Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types))) {
            return mean(((OnnxTensor) result.get(0)).getFloatBuffer(), tokens.length);
        } catch (OrtException e) {
            throw new IllegalStateException("cannot embed: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        tokenizer.close();
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("cannot close all-minilm", e);
        }
    }

    private OnnxTensor tensor(long[] row) throws OrtException {
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(row), new long[] {1, row.length});
    }

    /** The dot product; of two embeddings, their cosine. */
    static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    private static float[] mean(FloatBuffer states, int tokens) {
        float[] sum = new float[DIMENSION];
        for (int token = 0; token < tokens; token++) {
            for (int d = 0; d < DIMENSION; d++) {
                sum[d] += states.get(token * DIMENSION + d);
            }
        }
        float length = (float) Math.sqrt(dot(sum, sum));
        for (int d = 0; d < DIMENSION; d++) {
            sum[d] /= length;
        }
        return sum;
    }

    static InputStream resource(String name) {
        InputStream in = AllMiniLmL6V2EmbeddingModel.class.getResourceAsStream(name);
        if (in == null) {
            throw new UncheckedIOException(new IOException(name + " is not on the class path"));
        }
        return in;
    }
}
