package dev.tarn.model;

/**
 * What a model wrote.
 *
 * @param text the answer
 * @param promptTokens how many tokens the model read, or null where the server doesn't say
 * @param completionTokens how many tokens the model wrote, or null where the server doesn't say
 * @param isWhole whether the model came to an end by itself; else its context was full
 */
public record Generation(String text, Integer promptTokens, Integer completionTokens, boolean isWhole) {

    /** The token counts; never the text. */
    @Override
    public String toString() {
        return "Generation[" + promptTokens + " + " + completionTokens + " tokens]";
    }
}
