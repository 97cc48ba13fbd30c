package dev.tarn.deploy;

import dev.tarn.jobs.ingest.IngestJob;
import dev.tarn.jobs.options.LayeredDefaults;
import dev.tarn.jobs.options.OptionDescription;
import dev.tarn.jobs.query.QueryJob;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What can be said to a job: its main class, its options, and their variables. */
final class JobArguments {
    private static final Map<String, List<OptionDescription>> JOBS = Map.of(
            IngestJob.class.getName(), IngestJob.options(),
            QueryJob.class.getName(), QueryJob.options());

    private JobArguments() {}

    static Set<String> mainClasses() {
        return JOBS.keySet();
    }

    static Set<String> options(String mainClass) {
        return JOBS.get(mainClass).stream().map(OptionDescription::name).collect(Collectors.toSet());
    }

    /** What an option is when nobody says. */
    static String byDefault(String option) {
        return JOBS.values().stream()
                .flatMap(List::stream)
                .filter(description -> description.name().equals(option))
                .findFirst()
                .orElseThrow()
                .defaultValue();
    }

    /** Every variable that begins with TARN_ and that a job reads. */
    static Set<String> variables() {
        return JOBS.values().stream()
                .flatMap(List::stream)
                .map(option -> LayeredDefaults.environmentVariable(option.name()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those of the names that begin with TARN_ and that no job reads. */
    static List<String> unknown(Stream<String> names) {
        Set<String> known = variables();
        return names.filter(name -> name.startsWith("TARN_") && !known.contains(name))
                .toList();
    }
}
