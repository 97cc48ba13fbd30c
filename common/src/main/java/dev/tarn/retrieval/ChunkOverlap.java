package dev.tarn.retrieval;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What a chunk repeats of the one before it: its first words are the last ones of that one. */
final class ChunkOverlap {
    private static final Pattern WORD = Pattern.compile("\\S+");
    private static final int MOST_WORDS = 300;

    /** Fewer may be there twice by chance. */
    private static final int LEAST_WORDS = 3;

    private ChunkOverlap() {}

    /** Appends what is new in the next chunk. */
    static void append(StringBuilder text, String next) {
        if (text.isEmpty()) {
            text.append(next);
            return;
        }
        List<MatchResult> first = WORD.matcher(next).results().limit(MOST_WORDS).toList();
        List<String> last = lastWords(text);
        for (int count = Math.min(first.size(), last.size()); count >= LEAST_WORDS; count--) {
            if (isRepeated(last.subList(last.size() - count, last.size()), first)) {
                text.append(next, first.get(count - 1).end(), next.length());
                return;
            }
        }
        text.append('\n').append(next);
    }

    private static boolean isRepeated(List<String> end, List<MatchResult> beginning) {
        for (int i = 0; i < end.size(); i++) {
            if (!end.get(i).equals(beginning.get(i).group())) {
                return false;
            }
        }
        return true;
    }

    private static List<String> lastWords(CharSequence text) {
        List<String> words = new ArrayList<>(
                WORD.matcher(text).results().map(MatchResult::group).toList());
        return words.subList(Math.max(0, words.size() - MOST_WORDS), words.size());
    }
}
