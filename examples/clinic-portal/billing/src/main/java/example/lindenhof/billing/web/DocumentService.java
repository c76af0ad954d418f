package example.lindenhof.billing.web;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.springframework.stereotype.Service;

/** Documents that belong to invoices. */
@Service
public class DocumentService {

    private static final Path INVOICES = Path.of("/srv/billing/invoices");
    private static final String ATTACHMENTS = "/srv/billing/attachments/";
    private static final List<String> LANGUAGES = List.of("deu", "eng", "ita", "slv");

    public byte[] invoice(long number) throws IOException {
        return Files.readAllBytes(INVOICES.resolve("R" + number + ".pdf"));
    }

    public byte[] attachment(String name) throws IOException {
        try (InputStream in = new FileInputStream(new File(ATTACHMENTS, name))) {
            return in.readAllBytes();
        }
    }

    /** As above, for the archive, whose names come from the office's own list. */
    public byte[] archived(String name) throws IOException {
        Path root = Path.of("/srv/billing/archive").toRealPath();
        Path file = root.resolve(name).normalize();
        if (!file.startsWith(root)) {
            throw new IOException("outside of the archive: " + name);
        }
        return Files.readAllBytes(file);
    }

    /** Unpacks what the tax adviser has sent back. */
    public int unpack(InputStream upload, Path target) throws IOException {
        int count = 0;
        try (ZipInputStream zip = new ZipInputStream(upload)) {
            ZipEntry entry;
            while ((entry = zip.getNextEntry()) != null) {
                if (!entry.isDirectory()) {
                    Path place = target.resolve(entry.getName());
                    Files.createDirectories(place.getParent());
                    Files.copy(zip, place);
                    count++;
                }
            }
        }
        return count;
    }

    /** The text of a scanned attachment. */
    public String recognise(String name, String language) throws IOException, InterruptedException {
        String base = Path.of(name).getFileName().toString();
        String line = "tesseract " + ATTACHMENTS + base + " - -l " + language + " 2>/dev/null";
        Process process = Runtime.getRuntime().exec(new String[] {"/bin/sh", "-c", line});
        return output(process);
    }

    public String recogniseInvoice(long number, String language)
            throws IOException, InterruptedException {
        String chosen = LANGUAGES.contains(language) ? language : "deu";
        ProcessBuilder builder = new ProcessBuilder(
                "tesseract", INVOICES.resolve("R" + number + ".png").toString(), "-", "-l", chosen);
        return output(builder.redirectErrorStream(true).start());
    }

    private static String output(Process process) throws IOException, InterruptedException {
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text;
    }
}
