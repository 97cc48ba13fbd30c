package dev.tarn.question;

import dev.tarn.text.PlainWords;
import dev.tarn.text.VisibleText;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * How models say in words of their own that the passages don't hold the answer. Each sentence of such a reply says so, or
 * that the model is sorry; whatever goes on ("... but ...", "... only ...") may answer, and what a passage has is a quotation.
 * No group repeats without a bound: {@link Pattern} would go deeper with each repetition, until the stack ends.
 */
final class Refusal {
    private static final String PASSAGES =
            "(?:(?:the|these|those|any|of|provided|given|available|above|supplied|numbered) ){0,20}"
                    + "(?:passages?|excerpts?)"
                    + "(?: (?:provided|given|above|that (?:i|you) (?:was|were|have been) given)){0,20}";
    private static final String SOURCES = "(?:the|these|those)(?: (?:provided|given|available|above|supplied)){0,20}"
            + " (?:documents?|sources?|context|texts?|information)(?: (?:provided|given|above)){0,20}";
    private static final String NOT = "(?:do not|does not|did not|don t|doesn t|didn t)(?: (?:seem|appear) to)?"
            + "(?: (?:explicitly|directly|specifically|clearly))?";
    private static final String CANNOT =
            "(?:cannot|can not|can t|could not|couldn t|am unable to|m unable to" + "|am not able to|m not able to)";
    private static final String INFORMATION =
            "(?:(?:any|enough|sufficient|specific|relevant|direct|explicit|the|an|a) ){0,20}"
                    + "(?:information|details?|answers?|mention)";
    private static final String QUESTION = "(?:this|that|the|your)(?: question| answer)?";
    /** Words that do not turn the sentence. */
    private static final String ANYTHING = "(?: (?!(?:but|however|though|although|except|yet|only|instead|rather|while"
            + "|whereas|because|since|they|it)\\b)[\\p{L}\\p{N}]{1,40}){0,40}";

    private static final Pattern SENTENCE =
            Pattern.compile(("(?:(?:unfortunately|i m sorry|i am sorry|sorry|i apologi[sz]e) "
                            + "(?:but )?)?(?:based on PASSAGES )?(?:"
                            + "PASSAGES NOT (?:contain|mention|provide|include|hold|give|discuss|address|answer|say|cover|specify|state"
                            + "|describe|explain|have)ANYTHING"
                            + "|SOURCES NOT (?:mention|discuss|address|answer|cover)ANYTHING"
                            + "|SOURCES NOT (?:contain|provide|include|hold|give|have) INFORMATIONANYTHING"
                            + "|there (?:is no|is not|isn t) INFORMATIONANYTHING (?:in|from) (?:PASSAGES|SOURCES)"
                            + "|i CANNOT (?:answer|determine) QUESTION(?: (?:based on|from|with|using|given) (?:PASSAGES|SOURCES))?"
                            + "|i CANNOT find INFORMATIONANYTHING (?:in|from) (?:PASSAGES|SOURCES)"
                            + "|i (?:do not|don t) have INFORMATION to answer QUESTION)")
                    .replace("PASSAGES", PASSAGES)
                    .replace("SOURCES", SOURCES)
                    .replace("CANNOT", CANNOT)
                    .replace("NOT", NOT)
                    .replace("INFORMATION", INFORMATION)
                    .replace("QUESTION", QUESTION)
                    .replace("ANYTHING", ANYTHING));

    private static final Pattern APOLOGY =
            Pattern.compile("(?:i m |i am )?(?:very )?sorry|unfortunately|i apologi[sz]e");
    private static final Pattern END = Pattern.compile("(?<=[.!?])\\s+|\\R++");
    /** Where another clause begins. */
    private static final Pattern CLAUSE = Pattern.compile("[;:?\u2013\u2014]|\\s-\\s");

    private Refusal() {}

    /** Whether a reply that cites nothing says nothing else. */
    static boolean is(String reply, List<Passage> given) {
        List<String> sentences = Arrays.stream(END.split(reply.strip(), 0))
                .map(sentence -> CLAUSE.matcher(sentence).find()
                        ? sentence
                        : PlainWords.of(sentence).strip())
                .toList();
        return sentences.stream().allMatch(Refusal::isRefusalOrApology)
                && sentences.stream().anyMatch(words -> SENTENCE.matcher(words).matches())
                && sentences.stream().noneMatch(words -> given.stream().anyMatch(passage -> has(passage, words)));
    }

    private static boolean isRefusalOrApology(String words) {
        return SENTENCE.matcher(words).matches() || APOLOGY.matcher(words).matches();
    }

    private static boolean has(Passage passage, String words) {
        return PlainWords.of(VisibleText.of(Objects.toString(passage.title(), "") + " " + passage.text()))
                .contains(" " + words + " ");
    }
}
