package dev.tarn.redis;

import dev.tarn.security.Secret;
import dev.tarn.security.Tls;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;

/**
 * Where Redis is, and how to speak to it.
 *
 * @param uri {@code redis://host:port/database} or {@code rediss://…} for TLS, without a password; of a cluster, one or
 *     more of its nodes, with commas between them
 * @param user the ACL user, or null for the default user
 * @param password where it is, or null
 * @param tls what {@code rediss://} trusts and shows
 * @param timeout for connecting, and for each reply
 * @param connections the most that one client opens whose threads do not share round trips
 */
public record RedisSettings(URI uri, String user, Secret password, Tls tls, Duration timeout, int connections)
        implements Serializable {

    public static RedisSettings of(URI uri) {
        return new RedisSettings(uri, null, null, Tls.DEFAULT, Duration.ofSeconds(5), 8);
    }

    public RedisSettings withConnections(int most) {
        return new RedisSettings(uri, user, password, tls, timeout, most);
    }

    private String hosts() {
        String authority = String.valueOf(uri.getAuthority());
        return authority.substring(authority.lastIndexOf('@') + 1);
    }

    @Override
    public String toString() {
        return "RedisSettings[" + uri.getScheme() + "://" + hosts() + "]";
    }
}
