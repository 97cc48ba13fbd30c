package dev.tarn.local.stack;

import java.io.IOException;
import java.nio.file.Path;

/** A JVM that runs a stack with its own Redis until it is killed. */
final class KilledStack {

    private KilledStack() {}

    public static void main(String[] args) throws IOException {
        try (FakeServer fake = new FakeServer()) {
            Stacks.start(settings(Path.of(args[0]), fake));
            System.in.read();
        }
    }

    static StackSettings settings(Path data, FakeServer fake) {
        return Stacks.settings(data).withGiven(new Endpoints(fake.kafka(), null, fake.http(), fake.http()));
    }

    static Process run(Path data) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "-Dtarn.home=" + System.getProperty("tarn.home"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledStack.class.getName(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
