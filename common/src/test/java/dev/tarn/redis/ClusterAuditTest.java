package dev.tarn.redis;

import static dev.tarn.testing.Records.at;
import static dev.tarn.testing.Records.chunked;
import static dev.tarn.testing.Records.document;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.audit.Verdict;
import dev.tarn.document.ChunkedDocument;
import dev.tarn.index.Plan;
import dev.tarn.testing.RedisCluster;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.util.JedisClusterCRC16;

/** An audit of a cluster of three masters, and what the index does when one of them forgot. */
class ClusterAuditTest {
    private static RedisCluster cluster;

    @BeforeAll
    static void start() {
        cluster = RedisCluster.start();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Nested
    class OneShard extends OnCluster {
        @Override
        protected int shards() {
            return 1;
        }
    }

    @Nested
    class SeveralShards extends OnCluster {
        @Override
        protected int shards() {
            return 5;
        }
    }

    abstract static class OnCluster extends VectorSetAuditContract {
        @Override
        protected RedisSettings redis() {
            return RedisSettings.of(cluster.seed());
        }

        @Override
        protected void empty(UnifiedJedis client) {
            cluster.flush();
        }

        @Test
        void vectorsThatOneMasterLostAreDamageThatTheNextPlanNoticesAndMends() {
            List<ChunkedDocument> documents = IntStream.range(0, 12)
                    .mapToObj(i -> chunked(at(i), document("doc-" + i), "one " + i, "two " + i))
                    .toList();
            documents.forEach(this::deliver);
            int victim = owner(Keys.vectors("default", Keys.shard("doc-0", shards())));
            try (Jedis node = cluster.connect(victim)) {
                node.flushAll();
            }

            List<ChunkedDocument> halves = documents.stream()
                    .filter(each -> owner(Keys.manifest(each.id())) != victim
                            && owner(Keys.vectors("default", Keys.shard(each.id(), shards()))) == victim)
                    .toList();
            assertThat(halves)
                    .isNotEmpty()
                    .allSatisfy(half -> assertThat(state(half)).isEqualTo(Verdict.State.DAMAGED));
            documents.forEach(this::deliver);

            assertThat(documents).allSatisfy(each -> assertThat(state(each)).isEqualTo(Verdict.State.EQUAL));
            assertThat(orphans()).isEmpty();
        }

        @Test
        void aPlanFromBeforeTheLossFailsAndIsMadeAgain() {
            deliver(chunked(at(1), document("a"), "one", "two"));
            ChunkedDocument next = chunked(at(2), document("a"), "two", "three");
            Plan before = index().plan(next);
            loseVector("a", Keys.element("two", at(1)));
            ChunkedDocument again = chunked(at(1), document("a"), "one", "two");
            deliver(again);

            assertThat(before.missing(next)).hasSize(1);
            assertThat(index().commit(embed(next, before))).isEmpty();
            deliver(next);
            assertThat(state(next)).isEqualTo(Verdict.State.EQUAL);
            assertThat(orphans()).isEmpty();
        }

        @Test
        void aManifestThatMovedSinceItsVectorsWereLostIsLeftAlone() {
            deliver(chunked(at(1), document("a"), "one"));
            String seen = client().hget(Keys.manifest("a"), "revision");
            loseVector("a", Keys.element("one", at(1)));
            ChunkedDocument later = chunked(at(2), document("a"), "two");
            deliver(later);

            repair().unlist("a", Long.parseLong(seen));

            assertThat(state(later)).isEqualTo(Verdict.State.EQUAL);
            assertThat(orphans()).isEmpty();
        }

        @Test
        void whatIsDeliveredAgainAfterMastersForgotEqualsItsTopic() {
            long seed = new Random().nextLong();
            Random random = new Random(seed);
            ChunkedDocument[] latest = new ChunkedDocument[8];
            for (int offset = 0; offset < 120; offset++) {
                int which = random.nextInt(latest.length);
                latest[which] = random(random, offset, "doc-" + which);
                deliver(latest[which]);
                if (random.nextInt(15) == 0) {
                    try (Jedis node = cluster.connect(random.nextInt(cluster.size()))) {
                        node.flushAll();
                    }
                }
            }
            List<ChunkedDocument> topic =
                    Stream.of(latest).filter(Objects::nonNull).toList();

            topic.forEach(this::deliver);
            orphans().forEach(repair()::sweep);

            assertThat(orphans()).as("seed %d", seed).isEmpty();
            assertThat(topic)
                    .allSatisfy(each -> assertThat(state(each))
                            .as("%s, seed %d", each.id(), seed)
                            .isEqualTo(Verdict.State.EQUAL));
        }

        private static ChunkedDocument random(Random random, long offset, String id) {
            return chunked(
                    at(offset),
                    document(id),
                    IntStream.rangeClosed(0, random.nextInt(4))
                            .mapToObj(chunk -> chunk + " " + random.nextInt(3))
                            .toArray(String[]::new));
        }

        private static int owner(String key) {
            return cluster.owner(JedisClusterCRC16.getSlot(key));
        }
    }
}
