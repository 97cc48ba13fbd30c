package dev.tarn.document;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.TokenCountEstimator;

/**
 * How many WordPiece tokens a text has, without the model's vocabulary, and rather too many than too few.
 *
 * <p>A word of prose counts one or two. What a vocabulary does not know is cut small, so digits, symbols, and the letters
 * of long or mixed words count for more, and every ideograph counts as one. Only made-up words can have more tokens than
 * this says.
 *
 * @see <a href="https://arxiv.org/abs/2012.15524">Fast WordPiece Tokenization</a>
 */
public final class TokenEstimate implements TokenCountEstimator {
    private static final int LETTERS_PER_TOKEN = 6;
    private static final int LONG_WORD = 14;

    @Override
    public int estimateTokenCountInText(String text) {
        Count count = new Count();
        for (int i = 0; i < text.length(); i++) {
            count.add(text.charAt(i));
        }
        return count.tokens();
    }

    /** The end of the longest part of a text that has at most so many tokens; no character is cut in two. */
    int prefix(String text, int from, int to, int most) {
        Count count = new Count();
        int end = from;
        while (end < to) {
            int next = text.offsetByCodePoints(end, 1);
            for (int i = end; i < next; i++) {
                count.add(text.charAt(i));
            }
            if (count.tokens() > most) {
                return end;
            }
            end = next;
        }
        return end;
    }

    /** Counts character by character. */
    private static final class Count {
        private int beforeWord;
        private int letters;
        private boolean plain = true;

        void add(char c) {
            boolean latin = c < 0x250 && Character.isLetter(c);
            if (latin || Character.isDigit(c)) {
                letters++;
                plain &= latin && (letters == 1 || !Character.isUpperCase(c));
            } else {
                beforeWord = tokens() + (Character.isWhitespace(c) ? 0 : 1);
                letters = 0;
                plain = true;
            }
        }

        int tokens() {
            return beforeWord + (plain ? ofPlainWord() : letters);
        }

        private int ofPlainWord() {
            return letters > LONG_WORD ? (letters + 1) / 2 : (letters + LETTERS_PER_TOKEN - 1) / LETTERS_PER_TOKEN;
        }
    }

    @Override
    public int estimateTokenCountInMessage(ChatMessage message) {
        if (message instanceof SystemMessage system) {
            return estimateTokenCountInText(system.text());
        }
        return message instanceof UserMessage user && user.hasSingleText()
                ? estimateTokenCountInText(user.singleText())
                : 0;
    }

    @Override
    public int estimateTokenCountInMessages(Iterable<ChatMessage> messages) {
        int tokens = 0;
        for (ChatMessage message : messages) {
            tokens += estimateTokenCountInMessage(message);
        }
        return tokens;
    }
}
