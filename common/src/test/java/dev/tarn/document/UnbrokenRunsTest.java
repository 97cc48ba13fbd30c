package dev.tarn.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class UnbrokenRunsTest {
    private static final Pattern LONG = Pattern.compile("[ \n\u3000]{65,}");

    @Test
    void eachRunOfMoreThan64BlanksIsShortenedToTheBreakThatItIs() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            String text = text(random);

            assertThat(UnbrokenRuns.withoutLongBlanks(text))
                    .as("seed %d, text %d", seed, i)
                    .isEqualTo(LONG.matcher(text).replaceAll(run -> breakOf(run.group())));
        }
    }

    private static String breakOf(String blanks) {
        long breaks = blanks.chars().filter(c -> c == '\n').count();
        boolean endsLine = blanks.endsWith("\n");
        long lines = endsLine ? breaks : breaks + 1;
        return lines > 2 ? "\n\n" : lines > 1 ? "\n" : " ";
    }

    /** Runs of blanks of about the length that matters, between words. */
    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int run = random.nextInt(4); run >= 0; run--) {
            text.append("word".repeat(random.nextInt(3)));
            int length = random.nextInt(3) == 0 ? random.nextInt(3) : 60 + random.nextInt(140);
            for (int i = 0; i < length; i++) {
                text.append(random.nextInt(40) == 0 ? '\n' : random.nextInt(9) == 0 ? '\u3000' : ' ');
            }
        }
        return text.append("end".repeat(random.nextInt(2))).toString();
    }
}
