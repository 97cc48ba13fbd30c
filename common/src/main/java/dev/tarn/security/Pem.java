package dev.tarn.security;

import dev.tarn.failure.Misconfiguration;
import dev.tarn.failure.Redacted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/** Certificates and keys as text. */
final class Pem {
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private Pem() {}

    /** The certificates in a file, at least one. */
    static List<X509Certificate> certificates(String file) {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            List<X509Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (!certificates.isEmpty()) {
                return certificates;
            }
        } catch (IOException | CertificateException e) {
            throw new Misconfiguration("The file " + file + " can't be read as certificates in PEM", e);
        }
        throw new Misconfiguration("The file " + file + " holds no certificate in PEM");
    }

    /** The private key in a file; the causes of failures don't repeat it. */
    static PrivateKey privateKey(String file) {
        byte[] key;
        try {
            String text = Files.readString(Path.of(file));
            int begin = text.indexOf(BEGIN);
            int end = text.indexOf(END);
            if (begin < 0 || end < begin) {
                throw new Misconfiguration("The file " + file + " holds no unencrypted private key in PKCS #8 PEM."
                        + " Convert it: openssl pkcs8 -topk8 -nocrypt -in KEY -out FILE");
            }
            key = Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end));
        } catch (IOException | IllegalArgumentException e) {
            throw new Misconfiguration("The file " + file + " can't be read as a private key in PEM", Redacted.of(e));
        }
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(key));
            } catch (InvalidKeySpecException e) {
                // the next one, then
            } catch (GeneralSecurityException e) {
                throw new Misconfiguration("The JVM knows no keys of the kind " + algorithm, e);
            }
        }
        throw new Misconfiguration("The file " + file + " holds a private key of none of the kinds " + ALGORITHMS);
    }
}
