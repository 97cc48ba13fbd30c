package dev.tarn.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate authority of a test's own, made by the JDK's keytool, with a certificate for this machine's loopback
 * addresses and one for a client. All of it lies in PEM files in one folder, keys in PKCS #8.
 */
public final class Certificates {
    private static final String PASSWORD = "changeit";
    private static final String ENCRYPTION = "PBEWithSHA1AndDESede";
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII));

    private final Path folder;
    private final KeyStore store;

    private Certificates(Path folder, KeyStore store) {
        this.folder = folder;
        this.store = store;
    }

    public static Certificates in(Path folder) {
        try {
            Path file = folder.resolve("certificates.p12");
            keytool(file, "ca", "-ext", "bc:c");
            keytool(file, "localhost", "-signer", "ca", "-ext", "san=dns:localhost,ip:127.0.0.1");
            keytool(file, "client", "-signer", "ca");
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                store.load(in, PASSWORD.toCharArray());
            }
            Certificates certificates = new Certificates(folder, store);
            certificates.write();
            return certificates;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void keytool(Path store, String name, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair"));
        Collections.addAll(command, "-alias", name, "-dname", "CN=" + name, "-validity", "2");
        Collections.addAll(command, "-keyalg", "EC", "-groupname", "secp256r1");
        Collections.addAll(command, "-keystore", store.toString(), "-storepass", PASSWORD);
        Collections.addAll(command, more);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), US_ASCII);
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool: " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while certificates were made", e);
        }
    }

    private void write() throws IOException, GeneralSecurityException {
        Files.writeString(ca(), pem("CERTIFICATE", store.getCertificate("ca").getEncoded()));
        for (String name : List.of("localhost", "client")) {
            StringBuilder chain = new StringBuilder();
            for (Certificate certificate : store.getCertificateChain(name)) {
                chain.append(pem("CERTIFICATE", certificate.getEncoded()));
            }
            String key = pem(
                    "PRIVATE KEY", store.getKey(name, PASSWORD.toCharArray()).getEncoded());
            Files.writeString(certificate(name), chain);
            Files.writeString(key(name), key);
            Files.writeString(both(name), key + chain);
        }
    }

    private static String pem(String kind, byte[] content) {
        return "-----BEGIN " + kind + "-----\n" + LINES.encodeToString(content) + "\n-----END " + kind + "-----\n";
    }

    /** The authority's certificate. */
    public Path ca() {
        return folder.resolve("ca.pem");
    }

    /** A certificate with its chain; the name is {@code localhost} or {@code client}. */
    public Path certificate(String name) {
        return folder.resolve(name + ".pem");
    }

    public Path key(String name) {
        return folder.resolve(name + "-key.pem");
    }

    /** Key and certificates in one file, as Kafka takes them. */
    public Path both(String name) {
        return folder.resolve(name + "-both.pem");
    }

    /** The same, with the key encrypted. */
    public Path bothEncrypted(String name, String password) {
        try {
            Cipher cipher = Cipher.getInstance(ENCRYPTION);
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    SecretKeyFactory.getInstance(ENCRYPTION).generateSecret(new PBEKeySpec(password.toCharArray())));
            byte[] key =
                    cipher.doFinal(store.getKey(name, PASSWORD.toCharArray()).getEncoded());
            String encrypted =
                    pem("ENCRYPTED PRIVATE KEY", new EncryptedPrivateKeyInfo(cipher.getParameters(), key).getEncoded());
            return Files.writeString(
                    folder.resolve(name + "-both-encrypted.pem"), encrypted + Files.readString(certificate(name)));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a server at {@code localhost} shows. */
    public SSLContext server() {
        try {
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            own.setKeyEntry(
                    "localhost",
                    store.getKey("localhost", PASSWORD.toCharArray()),
                    PASSWORD.toCharArray(),
                    store.getCertificateChain("localhost"));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
