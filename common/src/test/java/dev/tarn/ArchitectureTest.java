package dev.tarn;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.langchain4j.model.TokenCountEstimator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Where what may be used. */
class ArchitectureTest {
    private static final Path SOURCES = Path.of("src", "main", "java");

    private static final JavaClasses TARN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.tarn");

    @Test
    void commonDoesNotKnowFlinkOrKafka() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.flink..", "org.apache.kafka..")
                .check(TARN);
    }

    @Test
    void onlyTheOllamaRoomSpeaksHttp() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.tarn.ollama..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net.http..", "com.sun.net.httpserver..", "dev.langchain4j.http..")
                .check(TARN);
    }

    @Test
    void onlyTheOllamaRoomAndTheChunkerUseLangChain4j() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.tarn.ollama..", "dev.tarn.document..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.langchain4j..")
                .check(TARN);
        noClasses()
                .that()
                .resideInAPackage("dev.tarn.document..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.langchain4j..")
                        .and(not(resideInAnyPackage("dev.langchain4j.data..")))
                        .and(not(type(TokenCountEstimator.class))))
                .check(TARN);
    }

    @Test
    void onlyTheRedisRoomUsesARedisClient() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.tarn.redis..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("redis.clients..")
                .check(TARN);
    }

    @Test
    void thereIsOneMapper() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.tarn.json..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ObjectMapper.class)
                .check(TARN);
    }

    @Test
    void recordsAndPortsDoNotKnowTheRooms() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.tarn.redis..", "dev.tarn.ollama..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.tarn.redis..", "dev.tarn.ollama..")
                .check(TARN);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.tarn.(*)..").should().beFreeOfCycles().check(TARN);
    }

    @Test
    void aRoomHasOnePublicFaceAndItsSettings() {
        assertThat(publicClasses("dev.tarn.ollama"))
                .containsExactlyInAnyOrder("OllamaEmbedder", "OllamaGenerator", "OllamaSettings");
        assertThat(publicClasses("dev.tarn.redis"))
                .containsExactlyInAnyOrder(
                        "RedisIndex",
                        "RedisProgress",
                        "RedisSettings",
                        "IndexSettings",
                        "EngineSettings",
                        "HnswSettings",
                        "RedisStatus",
                        "RedisAudit",
                        "RedisRepair");
    }

    @Test
    void failuresAreOfTheThreeKinds() {
        classes()
                .that()
                .areAssignableTo(Throwable.class)
                .should()
                .resideInAPackage("dev.tarn.failure")
                .check(TARN);
    }

    @Test
    void everyPackageSaysWhatItIsFor() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<Path> packages = files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .distinct()
                    .toList();
            assertThat(packages)
                    .isNotEmpty()
                    .allSatisfy(folder ->
                            assertThat(folder.resolve("package-info.java")).exists());
        }
    }

    private List<String> publicClasses(String room) {
        return TARN.stream()
                .filter(each -> each.getPackageName().equals(room))
                .filter(each -> each.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(JavaClass::isTopLevelClass)
                .map(JavaClass::getSimpleName)
                .toList();
    }
}
