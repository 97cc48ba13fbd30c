import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.document.splitter.DocumentSplitters;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.ollama.OllamaEmbeddingModel;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.EmbeddingSearchResult;
import dev.langchain4j.store.embedding.EmbeddingStore;
import dev.langchain4j.store.embedding.EmbeddingStoreIngestor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.VAddParams;

/**
 * LangChain4j's ingestor with its splitter and its Ollama client, and a store over vector sets, for which it has none. The
 * texts are shorter than what the splitter cuts.
 */
final class LangChain4jPeer {
    private static final int DOCUMENTS_AT_ONCE = 32;
    private static final double WARM_UP_SECONDS = 10;
    private static final int LONGEST = 4_000;

    private final OllamaEmbeddingModel model;
    private final RedisClient redis;
    private final String quantization;

    private LangChain4jPeer(OllamaEmbeddingModel model, RedisClient redis, String quantization) {
        this.model = model;
        this.redis = redis;
        this.quantization = quantization;
    }

    /** Prints how long the documents took, and the same again. */
    public static void main(String[] arguments) throws Exception {
        List<Document> documents = read(Path.of(arguments[0]));
        String prefix = arguments[4];
        OllamaEmbeddingModel model = OllamaEmbeddingModel.builder()
                .baseUrl(arguments[2])
                .modelName(arguments[3])
                .timeout(Duration.ofMinutes(1))
                .build();
        try (RedisClient redis = RedisClient.create(arguments[1])) {
            LangChain4jPeer peer = new LangChain4jPeer(model, redis, arguments[5]);
            List<Document> others = documents.stream()
                    .map(document -> Document.from("warming up " + document.text(), document.metadata()))
                    .toList();
            for (double warm = 0; warm < WARM_UP_SECONDS; ) {
                warm += peer.seconds(others, prefix + "warm-up:");
            }
            double first = peer.seconds(documents, prefix);
            double unchanged = peer.seconds(documents, prefix);
            System.out.println("{\"firstLoadSeconds\": " + first + ", \"unchangedSeconds\": " + unchanged + "}");
        }
    }

    private static List<Document> read(Path file) throws Exception {
        ObjectMapper json = new ObjectMapper();
        List<Document> documents = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            JsonNode document = json.readTree(line);
            String id = document.path("id").asText();
            int number = 0;
            for (JsonNode text : document.path("texts")) {
                Metadata metadata = Metadata.from(Map.of("document", id, "name", id + ":" + number++));
                documents.add(Document.from(text.asText(), metadata));
            }
        }
        return documents;
    }

    private double seconds(List<Document> documents, String prefix) {
        EmbeddingStoreIngestor ingestor = EmbeddingStoreIngestor.builder()
                .documentSplitter(DocumentSplitters.recursive(LONGEST, 0))
                .embeddingModel(model)
                .embeddingStore(new VectorSetStore(prefix))
                .build();
        long start = System.nanoTime();
        for (int from = 0; from < documents.size(); from += DOCUMENTS_AT_ONCE) {
            ingestor.ingest(documents.subList(from, Math.min(from + DOCUMENTS_AT_ONCE, documents.size())));
        }
        return (System.nanoTime() - start) / 1e9;
    }

    /** What an ingestor needs of a store. Names come from the documents, so that what is ingested again replaces itself. */
    private final class VectorSetStore implements EmbeddingStore<TextSegment> {
        private final String prefix;

        private VectorSetStore(String prefix) {
            this.prefix = prefix;
        }

        @Override
        public List<String> addAll(List<Embedding> embeddings, List<TextSegment> segments) {
            List<String> names = segments.stream()
                    .map(segment -> segment.metadata().getString("name"))
                    .toList();
            addAll(names, embeddings, segments);
            return names;
        }

        @Override
        public void addAll(List<String> names, List<Embedding> embeddings, List<TextSegment> segments) {
            VAddParams params = new VAddParams();
            switch (quantization) {
                case "NOQUANT" -> params.noQuant();
                case "BIN" -> params.bin();
                default -> params.q8();
            }
            try (AbstractPipeline pipeline = redis.pipelined()) {
                for (int i = 0; i < names.size(); i++) {
                    TextSegment segment = segments.get(i);
                    pipeline.vaddFP32(prefix + "vectors", bytes(embeddings.get(i).vector()), names.get(i), params);
                    pipeline.hset(
                            prefix + names.get(i),
                            Map.of("document", segment.metadata().getString("document"), "text", segment.text()));
                }
            }
        }

        private static byte[] bytes(float[] vector) {
            ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(vector);
            return bytes.array();
        }

        @Override
        public String add(Embedding embedding) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void add(String id, Embedding embedding) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String add(Embedding embedding, TextSegment segment) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<String> addAll(List<Embedding> embeddings) {
            throw new UnsupportedOperationException();
        }

        @Override
        public EmbeddingSearchResult<TextSegment> search(EmbeddingSearchRequest request) {
            throw new UnsupportedOperationException();
        }
    }
}
