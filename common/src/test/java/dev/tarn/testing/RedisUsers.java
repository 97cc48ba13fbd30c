package dev.tarn.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import redis.clients.jedis.Jedis;

/** The users of {@code infra/redis}, as they are documented, with passwords. */
public final class RedisUsers {
    public static final String OF_VECTOR_SETS = "users.acl";
    public static final String OF_QUERY_ENGINE = "users-query-engine.acl";

    private static final Path FOLDER = Path.of(System.getProperty("tarn.home", ".."), "infra", "redis");

    private RedisUsers() {}

    /**
     * The ACL file for vector sets, in which these users can log in.
     *
     * @param passwords user to password
     */
    public static String with(Map<String, String> passwords) {
        return with(OF_VECTOR_SETS, passwords);
    }

    private static String with(String file, Map<String, String> passwords) {
        try {
            String users = Files.readString(FOLDER.resolve(file));
            for (Map.Entry<String, String> user : passwords.entrySet()) {
                users = users.replace(
                        "user " + user.getKey() + " on resetpass",
                        "user " + user.getKey() + " on resetpass >" + user.getValue());
            }
            return users;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives a running server the users of a file; its default user stays as it is. */
    public static void addTo(Jedis server, String file, Map<String, String> passwords) {
        with(file, passwords).lines().map(line -> line.split(" ", -1)).forEach(words -> {
            if (!words[1].equals("default")) {
                server.aclSetUser(words[1], Arrays.copyOfRange(words, 2, words.length));
            }
        });
    }
}
