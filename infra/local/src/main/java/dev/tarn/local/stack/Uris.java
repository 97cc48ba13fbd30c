package dev.tarn.local.stack;

import java.net.URI;

/** Addresses as users type them: with or without a slash at the end. */
final class Uris {

    private Uris() {}

    static URI under(URI base, String path) {
        String prefix = base.toString();
        return URI.create(prefix.endsWith("/") ? prefix + path : prefix + "/" + path);
    }

    /** The address as it may be shown: a Redis URI can hold a password. */
    static String withoutUserInfo(String address) {
        return address.replaceFirst("//[^/@]*@", "//");
    }
}
