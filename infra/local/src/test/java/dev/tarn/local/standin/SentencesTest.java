package dev.tarn.local.standin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SentencesTest {
    @Test
    void keepsTheProseOfANoteAndLeavesOutFrontMatterHeadingsTablesAndCode() {
        assertThat(Sentences.of(Notes.KEY_VALUE))
                .containsExactly(
                        "A key-value database stores pairs, in which each unique key maps to one value.",
                        "Well-known examples of key-value databases are Redis, Memcached, etcd and RocksDB.",
                        "A lookup by key touches a single record, which makes it fast.");
    }

    @Test
    void takesOffMarksButNotWhatOnlyLooksLikeThem() {
        assertThat(Sentences.of("The *quick* __brown__ ~~red~~ fox_trot_name has `a_b_` and 2 * 3 * 4.[^1]"))
                .containsExactly("The quick brown red fox_trot_name has a_b_ and 2 * 3 * 4.");
        assertThat(Sentences.of("> Quoted <b>text</b> ![alt](x.png)<!-- note -->keeps its \\*words\\*."))
                .containsExactly("Quoted text keeps its *words*.");
        assertThat(Sentences.of("A generic `List<String>` is kept where x < y and y > z."))
                .containsExactly("A generic List<String> is kept where x < y and y > z.");
    }

    @Test
    void joinsTheLinesOfAParagraphAndKeepsListItemsApart() {
        assertThat(Sentences.of("""
                        A sentence that runs
                        over two lines. These are its parts:
                        - the first of the two parts
                        - [x] the second part is longer
                          and has its own sentence.
                        1. Too short
                        """))
                .containsExactly(
                        "A sentence that runs over two lines.",
                        "the first of the two parts.",
                        "the second part is longer and has its own sentence.");
    }

    @Test
    void doesNotCutAtAbbreviationsInitialsAndNumbers() {
        assertThat(Sentences.of(
                        "Stores, e.g. Redis and etcd, differ. J. Gray wrote of version 2.5 in 1981. The end is here."))
                .containsExactly(
                        "Stores, e.g. Redis and etcd, differ.",
                        "J. Gray wrote of version 2.5 in 1981.",
                        "The end is here.");
    }

    @Test
    void knowsWhatStandsAloneBeforeAListATableOrCode() {
        assertThat(Sentences.leading("""
                        Stores differ in two ways.

                        | Store | Way |
                        | --- | --- |
                        | etcd | Raft |

                        A log is a file. It has these parts.
                        - the first part of the log

                        This is how a key is set.
                        ```
                        SET key value
                        ```
                        A rule ends a part.

                        ---
                        """))
                .containsExactlyInAnyOrder("Stores differ in two ways.", "This is how a key is set.");
    }

    @Test
    void leavesOutFragmentsAndQuestions() {
        assertThat(
                        Sentences.of(
                                "of the sentence that a chunk cut off. What is a tree, then? A tree has a root. Too short. It goes on with"))
                .containsExactly("A tree has a root.");
    }

    @Test
    void readsAnyText() {
        assertThat(Sentences.of("")).isEmpty();
        assertThat(Sentences.of("---\n---\n```\nnever closed")).isEmpty();
        assertThat(Sentences.of("*".repeat(5_000) + "_[(`".repeat(5_000))).isEmpty();
    }
}
