package dev.tarn.local.stack;

import java.nio.file.Files;
import java.nio.file.Path;

/** The servers as they lie in the repository: class paths that the build fills, and the script that runs Redis. */
record Installation(Path home) {

    String kafkaClassPath() {
        return classPath("kafka");
    }

    String flinkClassPath() {
        return classPath("flink");
    }

    Path redisServer() {
        return home.resolve("infra/redis/redis-server").toAbsolutePath();
    }

    private String classPath(String module) {
        Path libraries = home.resolve("infra/local").resolve(module).resolve("target/lib");
        if (!Files.isDirectory(libraries)) {
            throw new StackException("The libraries of " + module + " are not in " + libraries
                    + ". Build them first: mvn -DskipTests package");
        }
        return libraries.toAbsolutePath().resolve("*").toString();
    }
}
