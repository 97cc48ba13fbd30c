package dev.tarn.local.stack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Consumer;

/** A data folder in the hands of one stack, until it is closed or this JVM ends. */
final class Claim implements AutoCloseable {

    private final DataFolder folder;
    private final FileChannel channel;

    private Claim(DataFolder folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Takes the folder, and stops the processes that a killed stack has left running on it.
     *
     * @throws StackException if another stack uses the folder
     */
    static Claim of(DataFolder folder, Consumer<String> events) {
        Claim claim = lock(folder);
        for (Part part : Part.values()) {
            PidFile file = folder.pidFile(part);
            file.running().ifPresent(process -> {
                events.accept("stopping the " + part.label() + " that a killed stack has left running");
                ChildProcess.stop(process, ChildProcess.GRACE);
            });
            file.delete();
        }
        folder.ownerFile().write(ProcessHandle.current());
        return claim;
    }

    @Override
    public void close() {
        folder.ownerFile().delete();
        try {
            channel.close();
        } catch (IOException e) {
            throw new StackException("can't release " + folder.root(), e);
        }
    }

    /** Is there once a stack has used the folder. */
    static Path file(DataFolder folder) {
        return folder.root().resolve("lock");
    }

    private static Claim lock(DataFolder folder) {
        try {
            Files.createDirectories(folder.root());
            FileChannel channel = FileChannel.open(file(folder), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel).isPresent()) {
                return new Claim(folder, channel);
            }
            channel.close();
        } catch (IOException e) {
            throw new StackException("can't use the folder " + folder.root() + ": " + e.getMessage(), e);
        }
        Optional<ProcessHandle> owner = folder.ownerFile().running();
        throw new StackException("a stack is using " + folder.root()
                + owner.map(process -> " (process " + process.pid() + ")").orElse(""));
    }

    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException takenInThisJvm) {
            return Optional.empty();
        }
    }
}
