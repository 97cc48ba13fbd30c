package dev.tarn.redis;

import dev.tarn.document.ChunkedDocument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * One random run of the real code: readers and writers of one document take steps in any order; connections break; all
 * writers crash, some of them to come back as zombies, and the source goes back to its checkpoint; records are replayed;
 * the server forgets; records that were under way are compacted. At the end all that is left has been delivered, replays
 * that died too; nobody cleans up behind a zombie.
 */
final class Schedule {
    private final Random random;
    private final WatchedIndex index;
    private final List<ChunkedDocument> records;
    private final Map<String, List<ChunkedDocument>> logs = new LinkedHashMap<>();
    private final Map<String, Integer> next = new HashMap<>();
    private final Map<String, Integer> checkpoint = new HashMap<>();
    private final List<WatchedIndex.Writer> live = new ArrayList<>();
    private final List<WatchedIndex.Writer> zombies = new ArrayList<>();
    private final Set<WatchedIndex.Writer> replayed = new HashSet<>();
    private final Map<String, Integer> furthest = new HashMap<>();
    private final Set<ChunkedDocument> compacted = new HashSet<>();
    private final Set<ChunkedDocument> again = new LinkedHashSet<>();
    private final int mostLive;
    private int crashes;
    private int cuts;
    private int replays;
    private int snapshots;
    private int forgets;
    private Kept kept;
    private WatchedIndex.Reader reader;

    /** What a snapshot of the index knows of the source, and the replays that were on their way without it. */
    private record Kept(
            WatchedIndex.Snapshot snapshot, Map<String, Integer> progress, List<ChunkedDocument> onTheirWay) {}

    Schedule(long seed, WatchedIndex index) {
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
        this.index = index;
        this.records = RandomRecords.draw(random);
        records.forEach(
                record -> logs.computeIfAbsent(record.source().position().log(), log -> new ArrayList<>())
                        .add(record));
        logs.keySet().forEach(log -> {
            next.put(log, 0);
            checkpoint.put(log, 0);
        });
        mostLive = 1 + random.nextInt(3);
        crashes = random.nextInt(5);
        cuts = random.nextInt(3);
        replays = random.nextInt(3);
        boolean forgetful = random.nextInt(3) == 0;
        snapshots = forgetful ? 2 : 0;
        forgets = forgetful ? 1 + random.nextInt(2) : 0;
    }

    void run() {
        index.clear();
        records.forEach(record -> index.note("record " + WatchedIndex.describe(record)));
        try {
            boolean goesOn = true;
            while (goesOn) {
                goesOn = move();
            }
            for (ChunkedDocument record : again) {
                index.writer(record).runToEnd();
            }
            index.requireRest(records.stream()
                    .filter(record -> !compacted.contains(record))
                    .toList());
            readToEnd();
        } finally {
            live.forEach(WatchedIndex.Writer::end);
            zombies.forEach(WatchedIndex.Writer::end);
            endReader();
        }
    }

    private boolean move() {
        List<Runnable> moves = new ArrayList<>();
        List<String> unread = logs.keySet().stream()
                .filter(log -> next.get(log) < logs.get(log).size())
                .toList();
        if (!unread.isEmpty() && live.size() < mostLive) {
            add(3, moves, () -> startNext(unread.get(random.nextInt(unread.size()))));
        }
        if (!live.isEmpty()) {
            add(10, moves, () -> step(live, Actor.Order.RUN));
        }
        if (!zombies.isEmpty()) {
            add(3, moves, () -> step(zombies, Actor.Order.RUN));
            add(random.nextInt(8) == 0 ? 1 : 0, moves, this::endZombie);
        }
        if (moves.isEmpty()) {
            return false;
        }
        if (!live.isEmpty() && cuts > 0) {
            moves.add(this::cut);
        }
        if (replays > 0) {
            moves.add(this::replay);
        }
        if (crashes > 0 && !live.isEmpty()) {
            moves.add(this::crash);
        }
        if (snapshots > 0) {
            moves.add(this::takeSnapshot);
        }
        if (forgets > 0 && random.nextInt(4) == 0) {
            moves.add(this::forget);
        }
        moves.add(this::completeCheckpoint);
        add(4, moves, this::read);
        moves.get(random.nextInt(moves.size())).run();
        return true;
    }

    private static void add(int times, List<Runnable> moves, Runnable move) {
        for (int i = 0; i < times; i++) {
            moves.add(move);
        }
    }

    private void startNext(String log) {
        compact(log);
        live.add(index.writer(logs.get(log).get(next.get(log))));
        next.merge(log, 1, Integer::sum);
    }

    /** Of records that are to be delivered again, those that have a later one in their log may be there no more. */
    private void compact(String log) {
        int last = logs.get(log).size() - 1;
        while (next.get(log) < Math.min(last, furthest.getOrDefault(log, 0)) && random.nextInt(3) == 0) {
            ChunkedDocument record = logs.get(log).get(next.get(log));
            index.note("compacted " + WatchedIndex.describe(record));
            compacted.add(record);
            next.merge(log, 1, Integer::sum);
        }
        furthest.merge(log, next.get(log) + 1, Math::max);
    }

    private void step(List<WatchedIndex.Writer> writers, Actor.Order order) {
        WatchedIndex.Writer writer = writers.get(random.nextInt(writers.size()));
        if (!writer.isDone()) {
            writer.step(order);
        }
        if (writer.isDone()) {
            writers.remove(writer);
        }
    }

    private void cut() {
        cuts--;
        step(live, random.nextBoolean() ? Actor.Order.CUT_BEFORE : Actor.Order.CUT_AFTER);
    }

    /** A record is delivered once more, as a dead letter is that is sent back; what becomes of it is not waited for. */
    private void replay() {
        replays--;
        List<ChunkedDocument> read = logs.entrySet().stream()
                .flatMap(log -> log.getValue().subList(0, next.get(log.getKey())).stream())
                .toList();
        if (!read.isEmpty()) {
            WatchedIndex.Writer replay = index.writer(read.get(random.nextInt(read.size())));
            zombies.add(replay);
            replayed.add(replay);
        }
    }

    private void endZombie() {
        WatchedIndex.Writer writer = zombies.remove(random.nextInt(zombies.size()));
        writer.end();
        if (replayed.contains(writer)) {
            again.add(writer.record());
        }
    }

    private void crash() {
        crashes--;
        index.note("crash");
        boolean zombiesStay = random.nextInt(5) < 3;
        for (WatchedIndex.Writer writer : live) {
            if (zombiesStay && random.nextInt(5) < 3) {
                zombies.add(writer);
            } else {
                writer.end();
            }
        }
        live.clear();
        next.putAll(checkpoint);
    }

    private void completeCheckpoint() {
        checkpoint.putAll(progress());
    }

    /** The first of each log that is not complete. */
    private Map<String, Integer> progress() {
        Map<String, Integer> progress = new HashMap<>(next);
        for (WatchedIndex.Writer writer : live) {
            String log = writer.record().source().position().log();
            progress.merge(log, logs.get(log).indexOf(writer.record()), Math::min);
        }
        return progress;
    }

    private void takeSnapshot() {
        snapshots--;
        List<ChunkedDocument> onTheirWay = zombies.stream()
                .filter(replayed::contains)
                .map(WatchedIndex.Writer::record)
                .toList();
        kept = new Kept(index.snapshot(), progress(), onTheirWay);
    }

    /** The server loses what came after the last snapshot, or everything; all writers crash, or come back as zombies. */
    private void forget() {
        forgets--;
        crashes++;
        crash();
        endReader();
        if (kept == null || random.nextBoolean()) {
            flush();
        } else {
            restore();
        }
        checkpoint.putAll(next);
    }

    /** Connections stay. Who removes garbage is done by the time that records are delivered again. */
    private void flush() {
        for (WatchedIndex.Writer writer : List.copyOf(zombies)) {
            if (writer.isRemoving()) {
                writer.end();
                zombies.remove(writer);
            }
        }
        index.flush();
        next.replaceAll((log, offset) -> 0);
        again.clear();
        kept = null;
    }

    /** Connections break: what was being sent fails. */
    private void restore() {
        index.restore(kept.snapshot());
        for (WatchedIndex.Writer writer : List.copyOf(zombies)) {
            if (writer.isDone()) {
                zombies.remove(writer);
            } else if (writer.isSending()) {
                writer.step(Actor.Order.CUT_BEFORE);
            }
        }
        kept.progress().forEach((log, offset) -> next.merge(log, offset, Math::min));
        again.addAll(kept.onTheirWay());
    }

    private void read() {
        if (reader == null) {
            reader = index.reader(RandomRecords.COLLECTIONS.get(random.nextInt(5) == 0 ? 1 : 0));
        } else {
            reader.step();
            if (reader.isDone()) {
                reader = null;
            }
        }
    }

    private void readToEnd() {
        while (reader != null) {
            read();
        }
    }

    private void endReader() {
        if (reader != null) {
            reader.end();
            reader = null;
        }
    }
}
