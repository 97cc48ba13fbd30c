package dev.tarn.deploy;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The image of the jobs, as its Dockerfile says. */
final class Image {
    private static final String TEXT = Repository.text(Repository.at("infra/docker/Dockerfile"));

    private Image() {}

    /** Where the job jar is in the image. */
    static String jar() {
        return copies().stream()
                .filter(copy -> copy.get(1).endsWith(".jar"))
                .findFirst()
                .orElseThrow()
                .get(1);
    }

    /** What is copied into the image, and to where. */
    static List<List<String>> copies() {
        return find("(?m)^COPY (?:--\\S+ )*(\\S+) (/\\S+)$").stream()
                .map(match -> List.of(match.group(1), match.group(2)))
                .toList();
    }

    /** What it is built from, the last one last. */
    static List<String> from() {
        return find("(?m)^FROM (\\S+)").stream().map(match -> match.group(1)).toList();
    }

    static String user() {
        List<MatchResult> users = find("(?m)^USER (\\S+)");
        return users.get(users.size() - 1).group(1);
    }

    private static List<MatchResult> find(String pattern) {
        return Pattern.compile(pattern).matcher(TEXT).results().toList();
    }
}
