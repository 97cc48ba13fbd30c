package dev.tarn.local.benchmark;

import dev.tarn.index.Search;
import dev.tarn.index.VectorIndex;
import dev.tarn.local.benchmark.report.Report;
import dev.tarn.local.benchmark.report.Spread;
import dev.tarn.local.input.InputDocument;
import dev.tarn.local.torture.Prose;
import dev.tarn.model.Embedder;
import dev.tarn.question.Filter;
import dev.tarn.question.Passage;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code republish}: publishing again what the index holds, with nothing changed and with one document in a hundred changed;
 * and one document that changes again and again. With the model server that computes nothing.
 */
final class Republish implements Measurement {
    private static final int UPDATES = 1_000;
    private static final int SHARE = 100;
    private static final int REPUBLISHED = 5;

    private final List<Double> first = new ArrayList<>();
    private final List<Double> unchanged = new ArrayList<>();
    private final List<Double> changed = new ArrayList<>();
    private final List<Double> embedded = new ArrayList<>();
    private final List<Double> copied = new ArrayList<>();
    private final List<Double> embeddedAgain = new ArrayList<>();
    private final List<Double> storm = new ArrayList<>();

    @Override
    public void run(Testbench bench, Report.Section report) throws Exception {
        Model model = bench.freeModel();
        try (Embedder embedder = model.embedder();
                Pipeline pipeline = bench.pipeline(model, bench.settings().hnsw(), false);
                VectorIndex index = pipeline.reader(embedder)) {
            pipeline.compile();
            for (int round = 0; round < bench.settings().rounds(); round++) {
                bench.events().line("republish: round " + (round + 1));
                again(bench, pipeline);
                storm(bench, pipeline, embedder, index);
            }
        }
        report.row("first load", "rate", "documents/s", Spread.of(first));
        report.row("all unchanged", "rate", "documents/s", Spread.of(unchanged));
        report.row("1 in " + SHARE + " changed", "rate", "documents/s", Spread.of(changed));
        report.row("1 in " + SHARE + " changed", "embedded", "chunks", Spread.of(embedded));
        report.row("the same texts under other ids", "rate", "documents/s", Spread.of(copied));
        report.row("the same texts under other ids", "embedded", "chunks", Spread.of(embeddedAgain));
        report.row("updates of one document", "rate", "documents/s", Spread.of(storm));
        report.note(
                "after " + UPDATES + " updates of one document, the last one and no other was found, in each round");
        report.bars("Publishing again", "rate", "documents/s");
    }

    private void again(Testbench bench, Pipeline pipeline) {
        Load load = new Load(pipeline.kafka());
        Workload documents = bench.workload().like(pipeline.token(), bench.chunks(pipeline.model()));
        first.add(load.run(documents.documents(), bench.events(), "first load").documentsPerSecond());
        Load.Result same = load.run(documents.times(REPUBLISHED), bench.events(), "all unchanged");
        if (same.embedded() > 0) {
            throw new IllegalStateException(same.embedded() + " unchanged chunks were embedded");
        }
        unchanged.add(same.documentsPerSecond());
        String name = pipeline.token();
        Load.Result copies = load.run(
                documents.documents().stream()
                        .map(document -> Workload.renamed(document, name + "/" + document.id()))
                        .toList(),
                bench.events(),
                "the same texts under other ids");
        copied.add(copies.documentsPerSecond());
        embeddedAgain.add((double) copies.embedded());
        List<InputDocument> some = new ArrayList<>(documents.documents());
        String token = pipeline.token();
        for (int i = 0; i < some.size(); i += SHARE) {
            some.set(i, Workload.retitled(some.get(i), token));
        }
        Load.Result few = load.run(some, bench.events(), "1 in " + SHARE + " changed");
        changed.add(few.documentsPerSecond());
        embedded.add((double) few.embedded());
    }

    private void storm(Testbench bench, Pipeline pipeline, Embedder embedder, VectorIndex index) {
        String id = pipeline.token() + "/hot";
        List<InputDocument> updates = new ArrayList<>();
        String last = null;
        for (int i = 0; i < UPDATES; i++) {
            last = Prose.paragraph(bench.settings().seed() * 31 + id.hashCode() * 1_000_003L + i);
            updates.add(Workload.document(id, last));
        }
        storm.add(new Load(pipeline.kafka())
                .run(updates, bench.events(), "updates of one document")
                .documentsPerSecond());
        float[] vector = embedder.embed(List.of(last)).get(0);
        List<String> found = index.search(new Search(Workload.COLLECTION, vector, UPDATES, -1, Filter.NONE)).stream()
                .filter(passage -> passage.documentId().equals(id))
                .map(Passage::text)
                .toList();
        if (!found.equals(List.of(last))) {
            throw new IllegalStateException("after all updates of one document, " + found.size()
                    + " chunks of it were found, or an earlier one");
        }
    }
}
