package dev.tarn.jobs.kafka;

import static org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Compares topics that are there with what the jobs demand of them. */
final class TopicCheck {
    private static final int HEADERS_BYTES = 1 << 16;

    private final Map<String, Map<String, String>> found;

    /** @param found the settings of the topics that are there */
    TopicCheck(Map<String, Map<String, String>> found) {
        this.found = found;
    }

    /** What differs and how to mend it, a paragraph for each topic; empty when nothing does. */
    List<String> differences(List<TopicSpec> specs, String bootstrapServers) {
        return specs.stream()
                .filter(spec -> found.containsKey(spec.name()))
                .map(spec -> difference(spec, bootstrapServers))
                .filter(difference -> !difference.isEmpty())
                .toList();
    }

    private String difference(TopicSpec spec, String bootstrapServers) {
        Map<String, String> settings = found.get(spec.name());
        List<Demand> unmet = demands(spec).stream()
                .filter(demand -> !demand.isMetBy(settings.get(demand.setting())))
                .toList();
        if (unmet.isEmpty()) {
            return "";
        }
        return "The topic " + spec.name() + " has "
                + unmet.stream()
                        .map(demand ->
                                demand.setting() + "=" + settings.get(demand.setting()) + ", but must have " + demand)
                        .collect(Collectors.joining("; "))
                + ". Run: kafka-configs.sh --bootstrap-server " + bootstrapServers
                + " --alter --entity-type topics --entity-name " + spec.name() + " --add-config "
                + unmet.stream()
                        .map(demand -> demand.setting() + "=" + mended(spec, demand))
                        .collect(Collectors.joining(","));
    }

    private List<Demand> demands(TopicSpec spec) {
        List<Demand> demands = new ArrayList<>(spec.demands());
        if (spec.source() != null) {
            Map<String, String> source = found.getOrDefault(spec.source(), Map.of());
            long ofSource = Long.parseLong(source.getOrDefault(MAX_MESSAGE_BYTES_CONFIG, "0"));
            // A compressed record may unpack to more than its topic takes; only beyond this is it cut.
            demands.add(Demand.atLeast(
                    MAX_MESSAGE_BYTES_CONFIG, Math.max(TopicSpec.MAX_RECORD_BYTES, ofSource + HEADERS_BYTES)));
        }
        return demands;
    }

    /** The setting as it is created, if that will do, else the least that does. */
    private static String mended(TopicSpec spec, Demand demand) {
        String created = spec.settings().get(demand.setting());
        return demand.isMetBy(created) ? created : demand.value();
    }
}
