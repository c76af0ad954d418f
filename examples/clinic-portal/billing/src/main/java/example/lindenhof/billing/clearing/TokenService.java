package example.lindenhof.billing.clearing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.stereotype.Service;

/** Tokens in links and in the headers of requests to the clearing house. */
@Service
public class TokenService {

    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int LINK_LENGTH = 20;

    private final SecureRandom secure = new SecureRandom();

    /** Whoever has the link may see the invoice and pay it. */
    public String paymentLink(long invoice) {
        StringBuilder link = new StringBuilder(Long.toString(invoice, 36)).append('-');
        new Random().ints(LINK_LENGTH, 0, ALPHABET.length())
                .forEach(index -> link.append(ALPHABET.charAt(index)));
        return link.toString();
    }

    public String sessionToken() {
        byte[] raw = new byte[32];
        secure.nextBytes(raw);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(raw);
    }

    /** The clearing house compares this with its own computation over the request. */
    public String seal(String request, String sharedKey) {
        return hex("SHA-1", sharedKey + request);
    }

    /** Tells whether a statement has come in before. */
    public String statementKey(String statement) {
        return hex("SHA-256", statement.strip());
    }

    public long pauseMillis(int attempt) {
        return 200L * attempt + ThreadLocalRandom.current().nextLong(100);
    }

    private static String hex(String algorithm, String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
