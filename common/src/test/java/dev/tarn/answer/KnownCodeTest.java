package dev.tarn.answer;

import static dev.tarn.answer.Fakes.QUESTION;
import static dev.tarn.answer.Fakes.passage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.answer.Fakes.Angles;
import dev.tarn.answer.Fakes.Chat;
import dev.tarn.question.Passage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownCodeTest {
    private static final String CITED = "It is so [1].\n\n";
    private static final Passage CODE = passage(1, """
            Call `handlers[name](event)` on a List<Object>. A lambda:
            ```cpp
            auto f = [](int x) { return x; };
            int y = a//b.size;
              <a href="https://tarn.example/a">
            ```
            Also [a](//evil.example/ or ](//evil.example/ or https://evil.example/ here.""");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Call `handlers[name](event)` on a `List<Object>`.",
                "Take `[](int x) { return x; }` or `int y = a//b.size;`.",
                "A lambda:\n\n```cpp\nauto f = [](int x) { return x; };\nint y = a//b.size;\n```\n",
                "A lambda:\n~~~\nint y = a//b.size;\n  <a href=\"https://tarn.example/a\">\n~~~\nand `List<Object>`",
                "Call `made(up)` and `handlers[name](event)`."
            })
    void codeOfAPassageStaysAsItIs(String reply) {
        assertThat(shown(reply)).isEqualTo(reply);
    }

    @Test
    void otherCodeIsReadAsText() {
        assertThat(shown("Call `handlers[name](other)` of `List<Object>`."))
                .isEqualTo("Call `handlersname` of `List<Object>`.");
        assertThat(shown("Call handlers[name](event).")).isEqualTo("Call handlersname.");
    }

    /** Each has a reading in which a backtick of the code belongs to something else. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[a ` y\n`](//evil.example/`secret)",
                "[a \\`x`](//evil.example/`secret)",
                "[a ``x`](//evil.example/`secret)",
                "[a <!-- ` --> x ` y `](//evil.example/`b`secret)`",
                "[a https://evil.test/`q` `](//evil.example/`b`secret)`",
                "```\n[a](//evil.example/\n`secret)",
                "> ```\n> x\n`[a](//evil.example/`secret)",
                "`[a](//evil.example/`secret) `",
                "`https://evil.example/`secret"
            })
    void noAddressIsPutTogetherAroundCode(String hostile) {
        assertThat(shown(hostile)).doesNotContain("](//evil.example/`").doesNotContain("evil.example/`secret");
    }

    @Test
    void anAddressAroundCodeIsTakenApart() {
        assertThat(shown("[`List<Object>`](https://evil.test/?q) and https://evil.test/ `List<Object>`"))
                .doesNotContain("evil.test")
                .contains("List<Object>");
    }

    private static String shown(String reply) {
        return new GroundedAnswers(new Chat(CITED + reply), new Angles(), new AnswerSettings(4096, -1, 0.6))
                .answer(QUESTION, List.of(CODE))
                .text()
                .substring(CITED.length());
    }
}
