package dev.tarn.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tarn.document.Document;
import dev.tarn.failure.Misconfiguration;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.failure.TransientFailure;
import dev.tarn.index.Search;
import dev.tarn.model.EncodedVector;
import dev.tarn.question.Filter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Builder;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.args.SortingOrder;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.search.FTSearchParams;
import redis.clients.jedis.search.SearchProtocol;
import redis.clients.jedis.search.SearchResult;
import redis.clients.jedis.search.aggr.AggregateIterator;
import redis.clients.jedis.search.aggr.AggregationBuilder;

/**
 * Vectors in the payloads themselves, which the server's query engine indexes as they are written ({@link
 * SearchIndex}).
 *
 * <p>A search leaves out what the filter rejects before it looks for neighbours ({@link FilterQuery}). It may let one too
 * many pass, and never one too few; the manifest decides. The question's words are searched for in the same round trip ({@link
 * WordQuery}). Everything that comes from outside is a parameter of the query, and
 * no part of its text.
 *
 * @see <a href="https://redis.io/docs/latest/develop/ai/search-and-query/vectors/">Vector search</a>
 */
final class QueryEngine implements VectorEngine {
    private static final int DIALECT = 2;
    private static final int BATCH = 1_000;

    /** The most that are found by words. Farther down, a rank by words is too little for one of the first places. */
    private static final int BY_WORDS = 50;

    private static final String DISTANCE = "distance";
    private static final String IN_COLLECTION = "@" + SearchIndex.COLLECTION + ":{$collection}";

    private final UnifiedJedis redis;
    private final int dimension;
    private final HnswSettings hnsw;

    /** Numeric fields that were seen in the schema. */
    private volatile Set<String> declared = Set.of();

    QueryEngine(UnifiedJedis redis, int dimension, HnswSettings hnsw) {
        this.redis = redis;
        this.dimension = dimension;
        this.hnsw = hnsw;
    }

    @Override
    public void requireSupport() {
        if (redis instanceof ClusterClient) {
            throw new Misconfiguration("The engine query-engine does not run on Redis Cluster."
                    + " Use --index-engine vector-set there, with --index-shards for more than one node.");
        }
        redis.ftList();
    }

    @Override
    public void prepare() {
        SearchIndex.createIfMissing(redis, dimension, hnsw);
    }

    @Override
    public Map<String, String> labels(Document document) {
        Map<String, String> labels = MetadataNumbers.of(document.metadata());
        labels.put(SearchIndex.METADATA, MetadataTags.of(document.metadata()));
        return labels;
    }

    /** Asks each time: Redis may have forgotten since, and another writer made the index again without the field. */
    @Override
    public void declare(Document document) {
        Set<String> fields = MetadataNumbers.of(document.metadata()).keySet();
        if (fields.isEmpty()) {
            return;
        }
        Set<String> declared = SearchIndex.numbers(redis);
        for (String field : fields) {
            if (declared.size() < MetadataNumbers.MOST && declared.add(field)) {
                orMissing(() -> SearchIndex.addNumber(redis, field), this::makeAgain);
            }
        }
    }

    @Override
    public Runnable add(AbstractPipeline pipeline, Fence fence, List<Entry> entries) {
        List<Response<Boolean>> present = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        for (Entry entry : entries) {
            keys.add(entry.key());
        }
        fence.write(
                pipeline,
                entries.stream()
                        .map(entry -> new Fence.Write(entry, fields(entry), null))
                        .toList());
        Response<Long> indexed = pipeline.executeCommand(count("*", params -> params.inKeys(keys)));
        for (String key : keys) {
            present.add(pipeline.hexists(key, SearchIndex.VECTOR));
        }
        return () -> {
            long held = present.stream().filter(Response::get).count();
            if (orMissing(indexed, this::makeAgain) < held) {
                requireNoneUnderWay();
                if (orMissing(() -> redis.executeCommand(count("*", params -> params.inKeys(keys))), this::makeAgain)
                        >= held) {
                    return;
                }
                throw new PermanentFailure("Redis did not index a chunk: " + SearchIndex.lastFailure(redis));
            }
        };
    }

    /** An index that was lost and made again comes to what was there before only after a while. */
    private void requireNoneUnderWay() {
        if (SearchIndex.isBeingFilled(redis)) {
            throw new TransientFailure("Redis has not yet indexed all that it holds", null);
        }
    }

    private Long makeAgain() {
        prepare();
        throw new TransientFailure("Redis had lost the search index; it is made again", null);
    }

    /** All at once, so that the server indexes the hash once. */
    private static List<byte[]> fields(Entry entry) {
        List<byte[]> fields = entry.fields();
        fields.add(SearchIndex.COLLECTION.getBytes(UTF_8));
        fields.add(entry.collection().getBytes(UTF_8));
        fields.add(SearchIndex.VECTOR.getBytes(UTF_8));
        fields.add(entry.vector().bytes());
        return fields;
    }

    /** Nothing to do: the vector goes with its payload. */
    @Override
    public Response<?> remove(AbstractPipeline pipeline, String collection, Member member) {
        return Response.of(null);
    }

    @Override
    public Supplier<Boolean> contains(AbstractPipeline pipeline, String collection, Member member) {
        Response<Long> found = pipeline.executeCommand(count(
                IN_COLLECTION,
                params -> params.inKeys(Keys.chunk(member.encodedId(), member.element()))
                        .addParam("collection", collection)));
        return () -> orMissing(found, () -> 0L) > 0;
    }

    @Override
    public Found find(Search search, int count) {
        Map<String, Object> values = new HashMap<>();
        String passing = FilterQuery.of(search.filter(), declared(search.filter()), values);
        if (passing.equals(FilterQuery.NOTHING)) {
            return new Found(List.of(), List.of());
        }
        values.put("collection", search.collection());
        String searched = IN_COLLECTION + (passing.equals(FilterQuery.EVERYTHING) ? "" : " " + passing);
        Response<SearchResult> nearest;
        Response<SearchResult> byWords;
        try (AbstractPipeline pipeline = redis.pipelined()) {
            nearest = nearest(pipeline, searched, values, search.vector(), count);
            byWords = byWords(pipeline, searched, values, search.text());
        }
        try {
            return new Found(
                    orMissing(() -> found(nearest, QueryEngine::neighbor), List::of),
                    orMissing(() -> found(byWords, QueryEngine::member), List::of));
        } catch (JedisDataException e) {
            if (SearchIndex.isUnknownField(e) && fewerAreDeclared()) {
                return find(search, count);
            }
            throw e;
        }
    }

    private Response<SearchResult> nearest(
            AbstractPipeline pipeline, String searched, Map<String, Object> filter, float[] vector, int count) {
        Map<String, Object> values = new HashMap<>(filter);
        values.put("vector", EncodedVector.of(vector).bytes());
        values.put("count", count);
        values.put("ef", Math.max(count, hnsw.efSearch()));
        String query = "(" + searched + ")=>[KNN $count @" + SearchIndex.VECTOR + " $vector EF_RUNTIME $ef AS "
                + DISTANCE + "]";
        FTSearchParams params = FTSearchParams.searchParams()
                .params(values)
                .sortBy(DISTANCE, SortingOrder.ASC)
                .limit(0, count)
                .returnFields(DISTANCE)
                .timeout(0)
                .dialect(DIALECT);
        return pipeline.ftSearch(SearchIndex.ALIAS, query, params);
    }

    /** Ranked by the server's own scorer. Returns null where there is no word to ask for. */
    private static Response<SearchResult> byWords(
            AbstractPipeline pipeline, String searched, Map<String, Object> filter, String question) {
        Map<String, Object> values = new HashMap<>(filter);
        String words = WordQuery.of(question, values);
        if (words.equals(WordQuery.NOTHING)) {
            return null;
        }
        FTSearchParams params = FTSearchParams.searchParams()
                .params(values)
                .limit(0, BY_WORDS)
                .noContent()
                .timeout(0)
                .dialect(DIALECT);
        return pipeline.ftSearch(SearchIndex.ALIAS, "(" + searched + " " + words + ")", params);
    }

    private boolean fewerAreDeclared() {
        Set<String> before = declared;
        declared = Set.copyOf(SearchIndex.numbers(redis));
        return !declared.containsAll(before);
    }

    /**
     * What was in the schema once is taken to be there still. A field that went with a lost index is added again before a
     * document has it; until then a search for it is refused, or finds nothing, and there is nothing to be found.
     */
    private Set<String> declared(Filter filter) {
        if (!declared.containsAll(MetadataNumbers.fields(filter))) {
            declared = Set.copyOf(SearchIndex.numbers(redis));
        }
        return declared;
    }

    private static <T> List<T> found(
            Response<SearchResult> result, Function<redis.clients.jedis.search.Document, T> read) {
        return result == null
                ? List.of()
                : complete(result.get()).getDocuments().stream().map(read).toList();
    }

    private static SearchResult complete(SearchResult result) {
        if (result.getWarnings() != null && !result.getWarnings().isEmpty()) {
            throw new TransientFailure("Redis answered a search in part", null);
        }
        return result;
    }

    private static Neighbor neighbor(redis.clients.jedis.search.Document found) {
        Member member = member(found);
        return new Neighbor(member.encodedId(), member.element(), 1 - Double.parseDouble(found.getString(DISTANCE)));
    }

    private static Member member(redis.clients.jedis.search.Document found) {
        return Member.parse(Keys.memberOf(found.getId()));
    }

    @Override
    public Set<String> collections() {
        return orMissing(() -> redis.ftTagVals(SearchIndex.ALIAS, SearchIndex.COLLECTION), Set::of);
    }

    @Override
    public long count(String collection) {
        return orMissing(
                () -> redis.executeCommand(count(IN_COLLECTION, params -> params.addParam("collection", collection))),
                () -> 0L);
    }

    @Override
    public void members(String collection, Consumer<List<Member>> batches) {
        AggregationBuilder keys = new AggregationBuilder(IN_COLLECTION)
                .load("@__key")
                .params(Map.of("collection", collection))
                .cursor(BATCH)
                .timeout(0)
                .dialect(DIALECT);
        try (AggregateIterator pages = redis.ftAggregateIterator(SearchIndex.ALIAS, keys)) {
            while (pages.hasNext()) {
                batches.accept(pages.next().getRows().stream()
                        .map(row -> Member.parse(Keys.memberOf(row.getString("__key"))))
                        .toList());
            }
        } catch (JedisDataException e) {
            if (!SearchIndex.isMissing(e)) {
                throw e;
            }
        }
    }

    /** Counts what matches, without a limit of time: a search that is cut short would tell too few. */
    private static CommandObject<Long> count(String query, Consumer<FTSearchParams> more) {
        FTSearchParams params =
                FTSearchParams.searchParams().limit(0, 0).timeout(0).dialect(DIALECT);
        more.accept(params);
        CommandArguments search = new CommandArguments(SearchProtocol.SearchCommand.SEARCH)
                .add(SearchIndex.ALIAS)
                .add(query)
                .addParams(params);
        return new CommandObject<>(search, new Builder<>() {
            @Override
            public Long build(Object reply) {
                return complete(SearchResult.SEARCH_RESULT_BUILDER.build(reply)).getTotalResults();
            }
        });
    }

    private static <T> T orMissing(Supplier<T> call, Supplier<T> otherwise) {
        try {
            return call.get();
        } catch (JedisDataException e) {
            if (SearchIndex.isMissing(e)) {
                return otherwise.get();
            }
            throw e;
        }
    }
}
