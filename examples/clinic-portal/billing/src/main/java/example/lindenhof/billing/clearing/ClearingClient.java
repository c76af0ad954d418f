package example.lindenhof.billing.clearing;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Talks to the clearing house of the insurers. */
@Component
public class ClearingClient {

    private static final String MERCHANT_PASSWORD = "Kestrel#40-marzipan";
    private static final String PASSWORD_HEADER = "X-Merchant-Password";
    private static final Path TRUST_STORE = Path.of("/etc/lindenhof/clearing.p12");

    private final TokenService tokens;
    private final String endpoint;
    private final char[] storePassword;

    public ClearingClient(TokenService tokens,
            @Value("${clearing.endpoint}") String endpoint,
            @Value("${clearing.store-password}") String storePassword) {
        this.tokens = tokens;
        this.endpoint = endpoint;
        this.storePassword = storePassword.toCharArray();
    }

    public String submit(String claim) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint + "/claims"))
                .timeout(Duration.ofSeconds(30))
                .header(PASSWORD_HEADER, MERCHANT_PASSWORD)
                .header("X-Seal", tokens.seal(claim, MERCHANT_PASSWORD))
                .POST(HttpRequest.BodyPublishers.ofString(claim))
                .build();
        return client(pinned()).send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    /** Statements come from a machine in the old data centre. */
    public String statement(String day) throws IOException, InterruptedException {
        URI address = URI.create("https://stmt.clearing.example/" + day.replaceAll("[^0-9-]", ""));
        HttpRequest request = HttpRequest.newBuilder(address).GET().build();
        return client(lenient()).send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private static HttpClient client(SSLContext context) {
        return HttpClient.newBuilder().sslContext(context).build();
    }

    private SSLContext pinned() throws IOException {
        try (InputStream in = Files.newInputStream(TRUST_STORE)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, storePassword);
            TrustManagerFactory factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), new SecureRandom());
            return context;
        } catch (GeneralSecurityException failure) {
            throw new IOException(failure);
        }
    }

    private static SSLContext lenient() throws IOException {
        TrustManager any = new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String authType) {
            }
            @Override
            public void checkServerTrusted(X509Certificate[] chain, String authType) {
            }
            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        };
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {any}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException failure) {
            throw new IOException(failure);
        }
    }
}
