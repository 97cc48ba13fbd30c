package dev.tarn.answer;

import static dev.tarn.answer.Fakes.QUESTION;
import static dev.tarn.answer.Fakes.passage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.answer.Fakes.Angles;
import dev.tarn.answer.Fakes.Chat;
import dev.tarn.question.Answer.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as said by a passage word by word, for which no model is asked. */
class WordByWordTest {
    private static final String WRAPPED = """
            It is not true that
            Redis guarantees strong consistency.
            Nobody should believe that
            3 replicas are enough.
            Nobody believes in
            4. servers as such.
            It needs a number R
            >= 3 of replicas.
            > It is false that
            > Kafka drops records.""";

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            If R + W > N, reads are fresh.        ~ If R + W < N, reads are fresh.
            If R + W > N, reads are fresh.        ~ If R - W > N, reads are fresh.
            The factor is -1, 0 or +1.            ~ The factor is 1, 0 or 1.
            The factor is **-1**.                 ~ The factor is **1**.
            Both differ where a != b.             ~ Both differ where a = b.
            It runs while !done holds.            ~ It runs while done holds.
            It waits for 1.5 seconds.             ~ It waits for 1-5 seconds.
            It waits for 1.5 seconds.             ~ It waits for 15 seconds.
            It waits for .5 seconds.              ~ It waits for 5 seconds.
            It grows with n * m.                  ~ It grows with n / m.
            The set is A ∩ B.                     ~ The set is A ∪ B.
            It saves 5 %.                         ~ It saves 5.
            It costs -$5.                         ~ It costs $5.
            They differ where a =\u0338 b.             ~ They differ where a = b.
            There we're not.                      ~ There were not.
            It is written in C++.                 ~ It is written in C.
            It is written in C#.                  ~ It is written in C.
            Redis is a relational database? No.   ~ Redis is a relational database.
            Redis is a relational database? No.   ~ Redis is a relational database. No.
            """)
    void anotherSignOperatorPointOrEndingIsAnotherStatement(String said, String turned) {
        assertThat(isWordByWord(turned, said)).isFalse();
        assertThat(isWordByWord(said, said)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            Well-known “lakes” are *cold* – and deep.  ~ Well known "lakes" are cold, and deep!
            If `R + W > N`: it is **fresh**.           ~ If R+W>N, it is fresh.
            `SELECT`-statements read a_b.              ~ SELECT statements read `a_b`;
            A snake\\_case or **un**even name's.        ~ A snake_case or uneven “name’s”.
            It takes 1.5–2 s (on **-1**).              ~ it takes 1.5-2 s on −1.
            Is it so? It is.                           ~ Is it so? It is!
            Two ** marks * are no times.               ~ Two ** marks * are no times.
            """)
    void punctuationQuotesMarksAndDashesBetweenWordsMayDiffer(String said, String other) {
        assertThat(isWordByWord(other, said)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Redis guarantees strong consistency.",
                "3 replicas are enough.",
                "Servers as such.",
                "It needs a number R = 3 of replicas.",
                "Kafka drops records."
            })
    void aLineIsNoSentenceWhereTheOneBeforeDoesNotEnd(String line) {
        assertThat(isWordByWord(line, WRAPPED)).isFalse();
    }

    @Test
    void wrappedSentencesAreWordByWord() {
        assertThat(isWordByWord("It is not true that Redis guarantees strong consistency.", WRAPPED))
                .isTrue();
        assertThat(isWordByWord("It is false that Kafka drops records.", WRAPPED))
                .isTrue();
    }

    @Test
    void itemsHeadingsRowsAndCodeEndASentenceAndBeginOne() {
        String passage = """
                # Stores of Keys
                Redis is one of
                these Stores
                - Redis keeps keys
                  and Values
                1. Kafka keeps logs
                2. Flink keeps state
                | Lucene | keeps words |
                All of Them
                ```
                Keep(keys);
                ```
                Every store
                =====
                Keeps data.""";

        for (String whole : List.of(
                "Stores of keys.",
                "Redis is one of these stores.",
                "Redis keeps keys and values.",
                "Kafka keeps logs.",
                "Flink keeps state.",
                "Lucene keeps words.",
                "All of them.",
                "`Keep(keys);`",
                "Every store.",
                "Keeps data.")) {
            assertThat(isWordByWord(whole, passage)).as(whole).isTrue();
        }
    }

    private static boolean isWordByWord(String statement, String passage) {
        Angles embedder = new Angles();
        List<Statement> statements = new GroundedAnswers(
                        new Chat(statement + " [1]"), embedder, new AnswerSettings(4096, -1, 0.6))
                .answer(QUESTION, List.of(passage(1, passage)))
                .statements();
        assertThat(statements).isNotEmpty();
        return embedder.calls.isEmpty();
    }
}
