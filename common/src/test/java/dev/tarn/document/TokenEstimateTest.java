package dev.tarn.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenEstimateTest {
    private final TokenEstimate estimate = new TokenEstimate();

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "'',0",
                "'  \n',0",
                "data,1",
                "The data,2",
                "replication,2",
                "internationalization,10",
                "README,6",
                "v2,2",
                "2026,4",
                "複製,2",
                "'a, b.',4",
                "😀,2"
            })
    void countsWhatAVocabularyWouldCutSmall(String text, int tokens) {
        assertThat(estimate.estimateTokenCountInText(text)).isEqualTo(tokens);
    }

    @Test
    void theLongestPrefixWithinALimitIsWithinItAndNoLongerOneIs() {
        String text = "The README of v2: 複製😀 internationalization. 0123";
        for (int most = 0; most < 40; most++) {
            int end = estimate.prefix(text, 0, text.length(), most);

            assertThat(estimate.estimateTokenCountInText(text.substring(0, end)))
                    .isLessThanOrEqualTo(most);
            if (end < text.length()) {
                String longer = text.substring(0, text.offsetByCodePoints(end, 1));
                assertThat(estimate.estimateTokenCountInText(longer)).isGreaterThan(most);
            }
        }
    }

    @Test
    void messagesCountAsTheirTexts() {
        assertThat(estimate.estimateTokenCountInMessages(
                        List.of(SystemMessage.from("The data"), UserMessage.from("replication"))))
                .isEqualTo(4);
    }
}
