package dev.tarn.redis;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A question's words as part of a query of the query engine: any of them may be in a text. Each is a parameter, cut where the
 * server cuts texts, so that what it is made of is letters, digits and underscores.
 *
 * @see <a href="https://redis.io/docs/latest/develop/ai/search-and-query/advanced-concepts/escaping/">Tokenization</a>
 */
final class WordQuery {
    /** There is no word to ask for; no query can say that. */
    static final String NOTHING = "";

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}_]+");

    /** What is beyond is left out: each word is another list to go through. */
    private static final int MOST_WORDS = 64;

    private static final int LONGEST_WORD = 100;

    private WordQuery() {}

    /**
     * What is found by at least one of the words.
     *
     * @param values takes the parameters that the query names
     * @return part of a query, or {@link #NOTHING}
     */
    static String of(String question, Map<String, Object> values) {
        List<String> parameters = new ArrayList<>();
        for (String word : words(question)) {
            String parameter = "word" + parameters.size();
            values.put(parameter, word);
            parameters.add("$" + parameter);
        }
        return parameters.isEmpty() ? NOTHING : "@" + SearchIndex.TEXT + ":(" + String.join("|", parameters) + ")";
    }

    private static Set<String> words(String question) {
        Set<String> words = new LinkedHashSet<>();
        Matcher word = WORD.matcher(question.toLowerCase(Locale.ROOT));
        while (words.size() < MOST_WORDS && word.find()) {
            if (word.group().length() <= LONGEST_WORD) {
                words.add(word.group());
            }
        }
        return words;
    }
}
