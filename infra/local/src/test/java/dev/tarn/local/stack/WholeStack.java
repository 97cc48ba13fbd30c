package dev.tarn.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one whole stack that all of them share, as it takes its time to start. */
final class WholeStack implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Running.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(WholeStack.class))
                .computeIfAbsent(Running.class, type -> Running.start(), Running.class);
    }

    /** A stack in a temporary folder whose name has a space, and what it told while it started. */
    record Running(Stack stack, StackSettings settings, List<String> events) implements AutoCloseable {

        static Running start() {
            try {
                StackSettings settings = Stacks.settings(Files.createTempDirectory("tarn stack"));
                List<String> events = new CopyOnWriteArrayList<>();
                return new Running(Stack.start(settings, Stacks::standIn, events::add), settings, events);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Endpoints endpoints() {
            return stack.endpoints();
        }

        DataFolder folder() {
            return new DataFolder(settings.data());
        }

        @Override
        public void close() {
            stack.close();
            DataFolder.delete(settings.data());
        }
    }
}
