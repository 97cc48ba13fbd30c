package dev.tarn.answer;

import dev.tarn.question.Passage;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The addresses in a reply. Whoever shows answers may turn them into links, or fetch pictures from them, and what a hostile
 * passage had the model write into an address would go out with the request. So pictures become their text, links become
 * theirs, and an address stays only where it stands in a passage that was given.
 */
final class Addresses {
    static final String REMOVED = "(address removed)";

    private static final Pattern LINK =
            Pattern.compile("!?\\[([^\\[\\]]{0,500})]\\(\\s*[^()\\s]{1,4000}[^()]{0,500}\\)");
    private static final Pattern ADDRESS =
            Pattern.compile("(?i)\\b(?:[a-z][a-z0-9+.-]{1,20}://|www\\.|mailto:|data:|javascript:)[^\\s<>\"'`\\])]+");
    private static final Pattern END = Pattern.compile("[.,;:!?]+$");

    private Addresses() {}

    static String without(String reply, List<Passage> given) {
        String unlinked = LINK.matcher(reply).replaceAll(link -> Matcher.quoteReplacement(text(link.group(1))));
        Matcher addresses = ADDRESS.matcher(unlinked);
        return addresses.replaceAll(address -> Matcher.quoteReplacement(known(address, given)));
    }

    /** A citation that was made a link stays a citation. */
    private static String text(String linked) {
        return linked.matches("\\d{1,6}") ? "[" + linked + "]" : linked;
    }

    private static String known(MatchResult found, List<Passage> given) {
        String address = END.matcher(found.group()).replaceFirst("");
        String rest = found.group().substring(address.length());
        return given.stream().anyMatch(passage -> passage.text().contains(address)) ? found.group() : REMOVED + rest;
    }
}
