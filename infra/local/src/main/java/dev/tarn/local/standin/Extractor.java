package dev.tarn.local.standin;

import dev.tarn.local.standin.Ranking.Ranked;
import dev.tarn.question.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Answers with the sentences of the passages themselves, each followed by its citation. It writes nothing of its own. */
final class Extractor {
    static final String ONLY_PASSAGES =
            "This model only picks sentences out of the passages of a Tarn prompt; it cannot chat.";

    private final Embeddings embeddings;

    Extractor(Embeddings embeddings) {
        this.embeddings = embeddings;
    }

    /** The same answer for the same message, always. */
    String answer(String message) {
        Optional<GroundedPrompt> prompt = GroundedPrompt.parse(message);
        return prompt.map(this::extract).orElse(ONLY_PASSAGES);
    }

    private String extract(GroundedPrompt prompt) {
        List<Candidate> candidates = Candidate.of(prompt);
        List<String> texts = new ArrayList<>(List.of(prompt.question()));
        candidates.forEach(candidate ->
                texts.add(prompt.passages().get(candidate.passage()).title() + ": " + candidate.text()));
        List<float[]> vectors = embeddings.embedTexts(texts);
        List<Ranked> ranked = Ranking.rank(prompt, candidates, vectors.get(0), vectors.subList(1, vectors.size()));
        double nearest = ranked.stream().mapToDouble(Ranked::cosine).max().orElse(-1);
        return Relevance.isEnough(prompt, nearest) ? quote(prompt, Selection.of(prompt, ranked)) : Prompt.NO_ANSWER;
    }

    private static String quote(GroundedPrompt prompt, List<Candidate> chosen) {
        return chosen.stream()
                .map(c -> c.text() + " [" + prompt.passages().get(c.passage()).number() + "]")
                .collect(Collectors.joining(" "));
    }
}
