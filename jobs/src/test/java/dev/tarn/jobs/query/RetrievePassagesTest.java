package dev.tarn.jobs.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.document.MetadataValue;
import dev.tarn.index.Search;
import dev.tarn.jobs.metrics.MetricName;
import dev.tarn.jobs.metrics.Metrics;
import dev.tarn.jobs.testing.FakeIndex;
import dev.tarn.question.EmbeddedQuestion;
import dev.tarn.question.Filter;
import dev.tarn.question.GroundedQuestion;
import dev.tarn.question.Legs;
import dev.tarn.question.Question;
import dev.tarn.retrieval.RetrievalSettings;
import dev.tarn.retrieval.Retriever;
import java.util.Map;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.testutils.MetricListener;
import org.junit.jupiter.api.Test;

class RetrievePassagesTest {
    private final FakeIndex index = new FakeIndex();
    private final Histogram milliseconds =
            Metrics.of(new MetricListener().getMetricGroup()).histogram(MetricName.RETRIEVE);
    private final RetrievePassages retrieve =
            new RetrievePassages(new Retriever(index, RetrievalSettings.dense()), 4, 0.3, milliseconds);

    @Test
    void aQuestionThatDoesNotSayIsSearchedWithTheJobsDefaults() {
        EmbeddedQuestion embedded = Questions.embedded(Questions.PLAIN);

        retrieve.apply(embedded);

        assertThat(index.onlySearch()).isEqualTo(new Search("default", embedded.vector(), 4, 0.3, Filter.NONE));
    }

    @Test
    void whatTheQuestionSaysDecides() {
        Filter filter = Filter.of(Map.of("course", MetadataValue.of("ds4300")));
        EmbeddedQuestion embedded = Questions.embedded(new Question("q-2", "Why?", "notes", 9, filter, -1.0));

        retrieve.apply(embedded);

        assertThat(index.onlySearch()).isEqualTo(new Search("notes", embedded.vector(), 9, -1.0, filter));
    }

    @Test
    void itsWordsAreSearchedForWhereTheyCount() {
        EmbeddedQuestion embedded = Questions.embedded(Questions.PLAIN);

        new RetrievePassages(new Retriever(index, RetrievalSettings.DEFAULT), 4, 0.3, milliseconds).apply(embedded);

        assertThat(index.onlySearch().text())
                .isEqualTo(embedded.asked().question().question());
    }

    @Test
    void theQuestionGoesOnWithWhatWasFound() {
        index.find(Questions.STREAMS);
        EmbeddedQuestion embedded = Questions.embedded(Questions.PLAIN);

        GroundedQuestion grounded = retrieve.apply(embedded);

        assertThat(grounded.passages())
                .containsExactly(Questions.STREAMS.chosen(1, Legs.dense(1, Questions.STREAMS.score())));
        assertThat(grounded.asked()).isSameAs(embedded.asked());
        assertThat(grounded.embedMs()).isEqualTo(9);
        assertThat(milliseconds.getCount()).isEqualTo(1);
        assertThat(milliseconds.getStatistics().getMax()).isEqualTo(grounded.retrieveMs());
    }
}
