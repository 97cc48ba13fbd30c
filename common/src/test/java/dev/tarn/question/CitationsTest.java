package dev.tarn.question;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CitationsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1]",
                "[\uD835\uDFCF]",
                "[#1]",
                "[^1]",
                "[document 1]",
                "[source 1]",
                "[Passage #1]",
                "[Passage 1: Tarns of 1970, in 2 parts]",
                "\u3010document 1\u3011",
                "`[1]`",
                "``` a ``` [1]",
                "~~~\n[7]\n~~~ [1]",
                "````\n```\n[7]\n````\n[1]",
                "```\n[7]\n~~~\n[8]\n```\n[1]"
            })
    void whatModelsWriteInsteadIsSeen(String text) {
        assertThat(Citations.in("So.\n" + text)).containsExactly(1);
    }

    @Test
    void severalInOnePairOfBracketsAreSeen() {
        assertThat(Citations.in("[#1, #2] [passage 3, passage 4] [^5][^6] [7\n- 9] [3-1]"))
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[1970]", "[101]", "[1-200]", "[\uD835\uDFCF00000]", "[^1-9]", "[^0-9]", "[0-9]", "[note 1]"})
    void whatCannotBeAPassageIsText(String text) {
        assertThat(Citations.in("Codd " + text + " so.")).isEmpty();
        assertThat(Citations.without("Codd " + text + " so.")).isEqualTo("Codd " + text + " so.");
    }

    @Test
    void everyPassageThatAPromptCanHaveCanBeCited() {
        assertThat(Citations.in("[" + Question.MAX_TOP_K + "]")).containsExactly(Question.MAX_TOP_K);
        assertThat(Citations.in("[" + (Question.MAX_TOP_K + 1) + "]")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1]",
                "[#1]",
                "[^1]",
                "[document 1]",
                "[Passage 1: a title]",
                "[\uD835\uDFCF]",
                "[1,\n2]",
                "~~~\n[7]\n~~~",
                "`[1] a[0]`"
            })
    void noneComesInWithAPassage(String text) {
        String defused = Citations.defused("See " + text + ".");

        assertThat(Citations.in(defused.replace("~", "").replace("`", ""))).isEmpty();
    }

    @Test
    void codeStaysWhereCitationsAreTakenOut() {
        assertThat(Citations.without("Take `a[1]` [1].\n~~~\nb[2]\n~~~ [2]")).isEqualTo("Take `a[1]`.\n~~~\nb[2]\n~~~");
    }
}
