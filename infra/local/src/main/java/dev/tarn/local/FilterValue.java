package dev.tarn.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tarn.document.MetadataValue;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.question.Condition;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a field is to hold, as it is written on the command line: a range, JSON, or else a string. */
final class FilterValue {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final String NUMBER = "([-+]?\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?)?";
    private static final Pattern RANGE = Pattern.compile(NUMBER + "\\.\\." + NUMBER);

    private FilterValue() {}

    /**
     * Reads {@code 2010..2020}, either end of which may be left out; JSON; or a string.
     *
     * @throws PermanentFailure when it is a range of no numbers, or a JSON object that is no range
     */
    static Condition parse(String text) {
        Matcher range = RANGE.matcher(text);
        if (range.matches() && (range.group(1) != null || range.group(2) != null)) {
            return Condition.between(end(range.group(1)), end(range.group(2)));
        }
        JsonNode json = json(text);
        return json != null && json.isObject() ? Condition.fromJson(json) : valueOrList(json, text);
    }

    private static BigDecimal end(String number) {
        return number == null ? null : new BigDecimal(number);
    }

    private static Condition valueOrList(JsonNode json, String text) {
        Condition asText = Condition.of(MetadataValue.of(text));
        try {
            return json == null || json.isNull() ? asText : Condition.fromJson(json);
        } catch (PermanentFailure e) {
            return asText;
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
