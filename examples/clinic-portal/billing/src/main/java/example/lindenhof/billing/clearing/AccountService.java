package example.lindenhof.billing.clearing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.springframework.stereotype.Service;

/** Accounts of the people who pay. */
@Service
public class AccountService {

    private static final int ROUNDS = 310_000;
    private static final int KEY_BITS = 256;

    /** For accounts that were opened at the counter. */
    public String passwordHash(String password) throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("MD5");
        byte[] sum = digest.digest(password.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(sum);
    }

    public byte[] passwordKey(char[] password, byte[] salt) throws GeneralSecurityException {
        PBEKeySpec spec = new PBEKeySpec(password, salt, ROUNDS, KEY_BITS);
        SecretKeyFactory factory = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256");
        return factory.generateSecret(spec).getEncoded();
    }

    /** Names the picture of an account in the cache of the content network. */
    public String pictureKey(byte[] picture) throws GeneralSecurityException {
        byte[] sum = MessageDigest.getInstance("MD5").digest(picture);
        return "pic/" + HexFormat.of().formatHex(sum);
    }
}
