package dev.tarn.testing;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;
import redis.clients.jedis.params.MigrateParams;

/** A real Redis Cluster of three masters on free loopback ports, which share the slots evenly; each may have a replica. */
public final class RedisCluster implements AutoCloseable {
    public static final int SLOTS = 16_384;

    private static final int MASTERS = 3;
    private static final int KEYS_AT_ONCE = 1;
    private static final int MIGRATE_TIMEOUT_MS = 10_000;
    private static final int EPOCH_FIELD = 6;

    private final List<RedisServer> masters = new ArrayList<>();
    private final List<RedisServer> replicas = new ArrayList<>();
    private final int[] owners = new int[SLOTS];

    private RedisCluster() {}

    /** Starts the masters and returns when each of them serves. */
    public static RedisCluster start() {
        RedisCluster cluster = new RedisCluster();
        try {
            for (int i = 0; i < MASTERS; i++) {
                cluster.masters.add(RedisServer.startClusterNode());
            }
            cluster.join();
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** The same with a replica for each master, which has all that the master has. */
    public static RedisCluster startWithReplicas() {
        RedisCluster cluster = start();
        try {
            for (int i = 0; i < MASTERS; i++) {
                cluster.addReplica(i);
            }
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private void addReplica(int of) {
        RedisServer replica = RedisServer.startClusterNode();
        replicas.add(replica);
        try (Jedis master = connect(of);
                Jedis node = new Jedis(replica.uri())) {
            meet(node, masters.get(of));
            String id = master.clusterMyId();
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> node.clusterNodes().contains(id));
            node.clusterReplicate(id);
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> node.info("replication").contains("master_link_status:up")
                            && IntStream.range(0, MASTERS).allMatch(i -> knows(i, node.clusterMyId())));
        }
    }

    private boolean knows(int master, String replicaId) {
        try (Jedis node = connect(master)) {
            return node.clusterNodes().lines().anyMatch(line -> line.startsWith(replicaId) && line.contains("slave"));
        }
    }

    /** Cuts a master off from its replica, which then falls behind. */
    public void stopReplication(int master) {
        try (Jedis node = connect(master)) {
            node.aclSetUser("default", "-psync");
            node.clientKill(ClientKillParams.clientKillParams().type(ClientType.REPLICA));
        }
    }

    /** Kills a master as {@code kill -9} does; returns when its replica has taken its place. */
    public void failOver(int master) {
        RedisServer replica = replicas.get(master);
        masters.get(master).kill();
        try (Jedis node = new Jedis(replica.uri())) {
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> node.info("replication").contains("role:master")
                            && node.clusterInfo().contains("cluster_state:ok"));
        }
        replicas.set(master, masters.set(master, replica));
    }

    private static void meet(Jedis node, RedisServer other) {
        node.sendCommand(
                Protocol.Command.CLUSTER,
                "MEET",
                "127.0.0.1",
                Integer.toString(other.port()),
                Integer.toString(other.busPort()));
    }

    private void join() {
        for (int i = 0; i < MASTERS; i++) {
            try (Jedis node = connect(i)) {
                int from = SLOTS * i / MASTERS;
                int to = SLOTS * (i + 1) / MASTERS;
                node.clusterAddSlotsRange(from, to - 1);
                Arrays.fill(owners, from, to, i);
                node.clusterSetConfigEpoch(i + 1L);
                for (RedisServer other : masters.subList(0, i)) {
                    meet(node, other);
                }
            }
        }
        for (int i = 0; i < MASTERS; i++) {
            try (Jedis node = connect(i)) {
                await().atMost(Duration.ofSeconds(30))
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> node.clusterInfo().contains("cluster_state:ok")
                                && node.clusterInfo().contains("cluster_known_nodes:" + MASTERS));
            }
        }
    }

    /** Every master as a seed. */
    public URI uri() {
        return URI.create("redis://"
                + masters.stream().map(master -> "127.0.0.1:" + master.port()).collect(Collectors.joining(",")));
    }

    /** One master; the others are found through it. */
    public URI seed() {
        return masters.get(0).uri();
    }

    public int size() {
        return masters.size();
    }

    /** A connection to one master, from 0. */
    public Jedis connect(int master) {
        return new Jedis(masters.get(master).uri());
    }

    /** The master that has a slot, from 0. */
    public int owner(int slot) {
        return owners[slot];
    }

    /** Moves a slot as an operator's resharding does, key by key, while clients go on. */
    public void move(int slot, int to) {
        int from = owners[slot];
        try (Jedis source = connect(from);
                Jedis target = connect(to)) {
            String sourceId = source.clusterMyId();
            String targetId = target.clusterMyId();
            target.clusterSetSlotImporting(slot, sourceId);
            source.clusterSetSlotMigrating(slot, targetId);
            RedisServer there = masters.get(to);
            for (List<String> keys = source.clusterGetKeysInSlot(slot, KEYS_AT_ONCE);
                    !keys.isEmpty();
                    keys = source.clusterGetKeysInSlot(slot, KEYS_AT_ONCE)) {
                source.migrate(
                        "127.0.0.1",
                        there.port(),
                        MIGRATE_TIMEOUT_MS,
                        MigrateParams.migrateParams(),
                        keys.toArray(String[]::new));
            }
            target.clusterSetSlotNode(slot, targetId);
            source.clusterSetSlotNode(slot, targetId);
            tellOthers(slot, targetId, from, to);
            owners[slot] = to;
        }
    }

    /** Who learns of a move by gossip alone may take an older message of the giver for a claim to the slot. */
    private void tellOthers(int slot, String ownerId, int from, int to) {
        for (int i = 0; i < masters.size(); i++) {
            if (i != from && i != to) {
                try (Jedis other = connect(i)) {
                    other.clusterSetSlotNode(slot, ownerId);
                }
            }
        }
        await().pollInterval(Duration.ofMillis(2))
                .atMost(Duration.ofSeconds(30))
                .until(() -> epochs(ownerId).distinct().count() == 1);
    }

    /** The epoch of a master's slots, as each master knows it. */
    private Stream<String> epochs(String id) {
        return IntStream.range(0, masters.size()).mapToObj(i -> {
            try (Jedis node = connect(i)) {
                return node.clusterNodes()
                        .lines()
                        .filter(line -> line.startsWith(id))
                        .map(line -> line.split(" ", -1)[EPOCH_FIELD])
                        .findFirst()
                        .orElseThrow();
            }
        });
    }

    /** Deletes everything on every master. */
    public void flush() {
        for (int i = 0; i < masters.size(); i++) {
            try (Jedis node = connect(i)) {
                node.flushAll();
            }
        }
    }

    @Override
    public void close() {
        replicas.forEach(RedisServer::close);
        masters.forEach(RedisServer::close);
    }
}
