package dev.tarn.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The users of {@code infra/redis/users.acl}, as they are documented, with passwords. */
public final class RedisUsers {
    private static final Path FILE = Path.of(System.getProperty("tarn.home", ".."), "infra", "redis", "users.acl");

    private RedisUsers() {}

    /**
     * The ACL file, in which these users can log in.
     *
     * @param passwords user to password
     */
    public static String with(Map<String, String> passwords) {
        try {
            String users = Files.readString(FILE);
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
}
