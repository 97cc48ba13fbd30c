package dev.tarn.local.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Markdown file in two parts.
 *
 * @param fields what stands between two lines of {@code ---} at the start, empty where there is nothing
 * @param body the rest
 */
record FrontMatter(Map<String, Object> fields, String body) {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Pattern FORM =
            Pattern.compile("\\A\\uFEFF?---[ \\t]*\\R(.*?)\\R---[ \\t]*(?:\\R|\\z)(.*)", Pattern.DOTALL);

    /** Splits a text. */
    static FrontMatter of(String text) throws JsonProcessingException {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return new FrontMatter(Map.of(), text);
        }
        Map<String, Object> fields = YAML.readValue(matcher.group(1), new TypeReference<>() {});
        return new FrontMatter(
                fields == null ? Map.of() : fields, matcher.group(2).strip());
    }
}
