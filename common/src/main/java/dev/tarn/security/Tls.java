package dev.tarn.security;

import dev.tarn.failure.Misconfiguration;
import java.io.IOException;
import java.io.Serializable;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * What a TLS client trusts, and what it shows. The files are PEM, and are read by the process that connects.
 *
 * @param caFile certificates to trust in place of those of the JVM, or null
 * @param certificateFile the client's certificate and its chain, or null
 * @param keyFile the private key of that certificate, or null
 */
public record Tls(String caFile, String certificateFile, String keyFile) implements Serializable {
    /** What the JVM trusts, and no client certificate. */
    public static final Tls DEFAULT = new Tls(null, null, null);

    /** The password of stores that are never written anywhere; it protects nothing. */
    public static final String IN_MEMORY = "in-memory";

    /** Checks that a certificate has its key. */
    public Tls {
        if ((certificateFile == null) != (keyFile == null)) {
            throw new Misconfiguration("a client certificate and its private key are given together");
        }
    }

    /** Trusts these certificates, and shows none. */
    public static Tls trusting(String caFile) {
        return new Tls(caFile, null, null);
    }

    /** Whether a call failed because the server's certificate is not trusted, or is another host's. */
    public static boolean isUntrusted(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }

    /**
     * Reads the files.
     *
     * @throws Misconfiguration naming the one that can't be used
     */
    public SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers(), trustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw unusable(e);
        }
    }

    private TrustManager[] trustManagers() throws GeneralSecurityException {
        KeyStore trusted = trustStore();
        if (trusted == null) {
            return null;
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory.getTrustManagers();
    }

    private KeyManager[] keyManagers() throws GeneralSecurityException {
        KeyStore own = keyStore();
        if (own == null) {
            return null;
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(own, IN_MEMORY.toCharArray());
        return factory.getKeyManagers();
    }

    /** What is trusted, as a PKCS #12 store; null for what the JVM trusts. */
    public KeyStore trustStore() {
        return caFile == null
                ? null
                : store(trusted -> {
                    List<X509Certificate> certificates = Pem.certificates(caFile);
                    for (int i = 0; i < certificates.size(); i++) {
                        trusted.setCertificateEntry("ca-" + i, certificates.get(i));
                    }
                });
    }

    /** What is shown, as a PKCS #12 store with the password {@link #IN_MEMORY}; null for nothing. */
    public KeyStore keyStore() {
        return certificateFile == null
                ? null
                : store(own -> {
                    Certificate[] chain = Pem.certificates(certificateFile).toArray(Certificate[]::new);
                    own.setKeyEntry("client", Pem.privateKey(keyFile), IN_MEMORY.toCharArray(), chain);
                });
    }

    private interface Filling {
        void fill(KeyStore store) throws GeneralSecurityException;
    }

    private static KeyStore store(Filling filling) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            filling.fill(store);
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw unusable(e);
        }
    }

    private static Misconfiguration unusable(Exception cause) {
        return new Misconfiguration("TLS can't be set up with the certificates that were given", cause);
    }
}
