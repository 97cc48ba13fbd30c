package dev.tarn.jobs;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may know whom. */
class ArchitectureTest {
    private static final JavaClasses JOBS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.tarn.jobs");

    @Test
    void theJobsKnowNeitherHttpNorRedisNorTheModelLibrary() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net.http..", "com.sun.net.httpserver..", "redis.clients..", "dev.langchain4j..")
                .check(JOBS);
    }

    @Test
    void onlyTheKafkaPackageKnowsKafka() {
        noClasses()
                .that(not(resideInAPackage("dev.tarn.jobs.kafka")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "org.apache.flink.connector.kafka..")
                .check(JOBS);
    }

    @Test
    void theTwoJobsDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage("dev.tarn.jobs.ingest")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.tarn.jobs.query")
                .check(JOBS);
        noClasses()
                .that()
                .resideInAPackage("dev.tarn.jobs.query")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.tarn.jobs.ingest")
                .check(JOBS);
    }

    @Test
    void packagesDependOnEachOtherInOneDirection() {
        slices().matching("dev.tarn.jobs.(*)..").should().beFreeOfCycles().check(JOBS);
    }

    @Test
    void everyPackageSaysWhatItIsFor() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src", "main", "java"))) {
            Map<Path, List<Path>> filesOfPackages = sources.filter(Files::isRegularFile)
                    .collect(groupingBy(Path::getParent, mapping(Path::getFileName, toList())));

            assertThat(filesOfPackages)
                    .hasSizeGreaterThan(5)
                    .allSatisfy((folder, files) -> assertThat(files).contains(Path.of("package-info.java")));
        }
    }
}
