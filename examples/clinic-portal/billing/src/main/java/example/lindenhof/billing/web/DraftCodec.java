package example.lindenhof.billing.web;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** Drafts of invoices travel in a cookie until they are saved. */
final class DraftCodec {

    private static final ObjectInputFilter STATISTICS =
            ObjectInputFilter.Config.createFilter("java.util.TreeMap;java.lang.*;!*");

    private DraftCodec() {
    }

    static String encode(Serializable draft) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(draft);
        }
        return Base64.getUrlEncoder().encodeToString(bytes.toByteArray());
    }

    static Object decode(String cookie) throws IOException, ClassNotFoundException {
        byte[] raw = Base64.getUrlDecoder().decode(cookie);
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(raw))) {
            return in.readObject();
        }
    }

    /** The nightly job leaves a map of counts behind. */
    static Object statistics(Path file) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(Files.newInputStream(file))) {
            in.setObjectInputFilter(STATISTICS);
            return in.readObject();
        }
    }
}
