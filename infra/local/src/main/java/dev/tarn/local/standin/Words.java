package dev.tarn.local.standin;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The words of a text that carry its subject, cut to a stem that most of their inflections share. */
final class Words {
    private static final int STEM = 6;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
    private static final Pattern ENDING = Pattern.compile("^(.{4,}?|.{3}(?=s$))(?:ings?|ed|es?|s)$");
    private static final Set<String> EMPTY = Set.of(
            ("a an and any are as at be because been being but by can could did do does doing each few for from get"
                            + " had has have how i if in into is it its just may me might more most much must my no nor"
                            + " not of off on one only or other our out over own same shall should so some such than"
                            + " that the their them then there these they this those to too under until up use used"
                            + " uses using very was we were what when where which while who whom whose why will with"
                            + " would you your about above after again all also between both during explain describe"
                            + " tell give please define mean means work works make makes s t rather many still instead"
                            + " happen happens kind kinds way ways good bad best better help helps need needs want")
                    .split(" ", -1));

    private Words() {}

    /** How many words a text has, of any kind. */
    static int count(String text) {
        return text.split("\\s+", -1).length;
    }

    /** In order of appearance. */
    static Set<String> of(String text) {
        Set<String> stems = new LinkedHashSet<>();
        WORD.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .filter(word -> !EMPTY.contains(word))
                .map(Words::stem)
                .forEach(stems::add);
        return stems;
    }

    private static String stem(String word) {
        String stem = ENDING.matcher(word).replaceFirst("$1");
        return stem.substring(0, Math.min(STEM, stem.length()));
    }
}
