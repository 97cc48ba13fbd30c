package dev.tarn.answer;

import dev.tarn.question.Citations;
import dev.tarn.question.Passage;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The addresses in a reply. Whoever shows answers may turn them into links, or fetch pictures from them, and what a hostile
 * passage had the model write into an address would go out with the request. So pictures become their text, links become
 * theirs, what else could be read as a link or a tag with an address is taken apart, and an address stays only where it
 * stands in a passage that was given. Without a scheme or slashes in front it counts as one where it could carry something
 * away, behind {@code ?} or {@code #}: {@code Node.js/Express} is none. Code stays as a passage has it ({@link KnownCode}).
 *
 * @see <a href="https://spec.commonmark.org/0.31.2/#links">CommonMark's links</a> and <a
 *     href="https://github.github.com/gfm/#autolinks-extension-">GitHub's bare ones</a>, which end at a blank or at {@code <}
 */
final class Addresses {
    static final String REMOVED = "(address removed)";

    private static final Pattern LINK =
            Pattern.compile("!?\\[([^\\[\\]]{0,500})]\\(\\s*[^()\\s]{1,4000}[^()]{0,500}\\)");

    /** Where the address of a link begins, here or for links elsewhere. */
    private static final Pattern TARGET = Pattern.compile("](?=[(:])");

    /** Where a tag begins that has an attribute, or that does something without one. */
    private static final Pattern TAG = Pattern.compile("(?i)<(?=[a-z/!?][^>]{0,4000}?"
            + "(?:[\\s/\"'][\\w:-]{1,100}\\s{0,100}=|=\\s{0,100}[\"'])"
            + "|/?(?:script|style|i?frame|object|embed|applet|link|meta|base|form|svg|math)\\b)");

    private static final String LABEL = "[\\p{L}\\p{N}-]{1,63}";
    /** A name whose last part has letters only. */
    private static final String HOST = LABEL + "(?:\\." + LABEL + "){0,10}\\.\\p{L}{2,24}";

    private static final Pattern ADDRESS = Pattern.compile("(?i)[a-z][a-z0-9+.-]{1,20}:[/\\\\]{2}[^\\s<]+"
            + "|(?<=<)[a-z][a-z0-9+.-]{1,31}:(?!:)[^\\s<>]+(?=>)"
            + "|(?<![a-z])(?:https?:|ftp:|mailto:|data:|javascript:|www\\.)[^\\s<]+"
            + "|[/\\\\]{2}" + LABEL + "(?:\\." + LABEL + "){1,10}[^\\s<]*"
            + "|[\\w.+-]{1,64}@" + HOST
            + "|" + HOST + "(?::\\d{1,5})?(?:/[^\\s<?#]{0,4000})?[?#][\\p{L}\\p{N}%/=][^\\s<]*");

    /** What stands behind an address and is no part of it; so does a citation. */
    private static final String BEHIND = ".,;:!?'\"`*_~)>]";

    private static final Pattern LAST_CITATION = Pattern.compile(Citations.PATTERN + "$");

    private Addresses() {}

    static String without(String reply, List<Passage> given) {
        KnownCode code = KnownCode.in(reply, given);
        String cleaned = removed(code.backIn(apart(code.rest())), given);
        boolean isCodeStill = KnownCode.in(cleaned, given).pieces().equals(code.pieces());
        return isCodeStill ? cleaned : removed(apart(reply), given);
    }

    private static String apart(String reply) {
        String unlinked = LINK.matcher(reply).replaceAll(link -> Matcher.quoteReplacement(text(link.group(1))));
        return TAG.matcher(TARGET.matcher(unlinked).replaceAll("] ")).replaceAll("< ");
    }

    private static String removed(String reply, List<Passage> given) {
        return ADDRESS.matcher(reply).replaceAll(address -> Matcher.quoteReplacement(known(address, given)));
    }

    /** A citation that was made a link stays a citation. */
    private static String text(String linked) {
        String bracketed = "[" + linked + "]";
        return bracketed.matches(Citations.PATTERN) ? bracketed : linked;
    }

    private static String known(MatchResult found, List<Passage> given) {
        String address = end(found.group());
        boolean isKnown = given.stream().anyMatch(passage -> passage.text().contains(address));
        return isKnown ? found.group() : REMOVED + found.group().substring(address.length());
    }

    private static String end(String address) {
        int end = address.length();
        while (end > 0 && BEHIND.indexOf(address.charAt(end - 1)) >= 0) {
            Matcher citation =
                    LAST_CITATION.matcher(address).region(Math.max(0, address.lastIndexOf('[', end - 1)), end);
            end = citation.lookingAt() ? citation.start() : end - 1;
        }
        return address.substring(0, end);
    }
}
