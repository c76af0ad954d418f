package example.lindenhof.billing.web;

import example.lindenhof.billing.clearing.TokenService;
import example.lindenhof.billing.data.Invoice;
import example.lindenhof.billing.data.InvoiceRepository;
import example.lindenhof.billing.tariff.TariffEngine;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** What the billing office and the patients see of invoices. */
@RestController
@RequestMapping("/invoices")
public class InvoiceController {

    private final InvoiceRepository invoices;
    private final DocumentService documents;
    private final TariffEngine tariffs;
    private final TokenService tokens;

    public InvoiceController(InvoiceRepository invoices, DocumentService documents,
            TariffEngine tariffs, TokenService tokens) {
        this.invoices = invoices;
        this.documents = documents;
        this.tariffs = tariffs;
        this.tokens = tokens;
    }

    @GetMapping
    public List<Invoice> search(@RequestParam(defaultValue = "") String payer,
            @RequestParam(defaultValue = "issued") String sort) {
        return invoices.search(payer, sort);
    }

    @GetMapping("/open")
    public List<Invoice> open(@RequestParam int days) {
        return invoices.overdue(days);
    }

    @GetMapping("/{number}")
    public ResponseEntity<Invoice> one(@PathVariable String number) {
        return ResponseEntity.of(invoices.byNumber(number));
    }

    @GetMapping(value = "/{number}/page", produces = MediaType.TEXT_HTML_VALUE)
    public String page(@PathVariable String number, @RequestParam(required = false) String note) {
        Invoice invoice = invoices.byNumber(number).orElseThrow();
        StringBuilder html = new StringBuilder("<h1>Invoice ").append(invoice.id()).append("</h1>");
        html.append("<p>").append(HtmlUtils.htmlEscape(invoice.payer())).append("</p>");
        html.append("<p>").append(invoice.total()).append(" EUR</p>");
        if (note != null) {
            html.append("<p class=\"note\">").append(note).append("</p>");
        }
        return html.toString();
    }

    @GetMapping(value = "/{number}/pdf", produces = MediaType.APPLICATION_PDF_VALUE)
    public byte[] pdf(@PathVariable long number) throws IOException {
        return documents.invoice(number);
    }

    @GetMapping("/attachment")
    public byte[] attachment(@RequestParam String name) throws IOException {
        return documents.attachment(name);
    }

    @PostMapping("/attachment/text")
    public Map<String, String> text(@RequestParam String name, @RequestParam String language)
            throws IOException, InterruptedException {
        return Map.of("text", documents.recognise(name, language));
    }

    @PostMapping("/simulate")
    public Map<String, BigDecimal> simulate(@RequestBody Simulation wanted) {
        return Map.of("total", tariffs.simulate(wanted.formula(), wanted.points()));
    }

    @PostMapping("/restore")
    public ResponseEntity<Object> restore(@CookieValue("draft") String draft) {
        try {
            return ResponseEntity.ok(DraftCodec.decode(draft));
        } catch (IOException | ClassNotFoundException broken) {
            return ResponseEntity.status(HttpStatus.GONE).build();
        }
    }

    @PostMapping("/{number}/link")
    public Map<String, String> link(@PathVariable long number) {
        return Map.of("link", "/pay/" + tokens.paymentLink(number));
    }

    /** What the tariff simulator sends. */
    public record Simulation(String formula, int points) {
    }
}
