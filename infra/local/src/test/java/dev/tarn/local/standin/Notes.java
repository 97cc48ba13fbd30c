package dev.tarn.local.standin;

import dev.tarn.question.Passage;
import dev.tarn.question.Prompt;
import dev.tarn.question.Question;
import java.util.ArrayList;
import java.util.List;

/** Passages on three subjects, as a course note has them. */
final class Notes {
    static final String REPLICATION = """
            Data replication keeps copies of the same data on several machines. The purpose of data replication is to \
            keep data available when a machine fails, and to serve reads from a machine that is near the reader. Each \
            machine that holds a copy is called a replica.

            ## Replication lag

            Replication lag is the delay until a write on the leader becomes visible on a follower. It grows when a \
            follower is overloaded.
            """;

    static final String KEY_VALUE = """
            ---
            title: Key-value databases
            ---

            # Key-value databases

            A **key-value database** stores pairs, in which each unique key maps to one value. Well-known examples of \
            key-value databases are [Redis](https://redis.io), Memcached, `etcd` and RocksDB.

            | Database | Use |
            | --- | --- |
            | Redis | sessions |

            ```
            PUT session:1 "This is code. It is not an answer about key-value databases."
            ```

            - A lookup by key touches a single record, which makes it fast.
            """;

    static final String AVL_TREES = """
            An AVL tree is a binary search tree in which the heights of the two subtrees of every node differ by at \
            most one. An AVL tree maintains balance by performing a rotation wherever the balance factor leaves the \
            range from -1 to +1. Lookups take O(log n) time in the worst case.
            """;

    private Notes() {}

    /** What Tarn sends as the user's message, with these notes as passages 1, 2, 3 in this order. */
    static String prompt(String question, String... texts) {
        List<Passage> passages = new ArrayList<>();
        for (String text : texts) {
            int number = passages.size() + 1;
            passages.add(new Passage(number, "note-" + number, 1L, "chunk", "Note " + number, null, 0.5, text));
        }
        Question asked = new Question("q-1", question, "default", 4, null, null);
        return Prompt.of(asked, passages).user();
    }
}
