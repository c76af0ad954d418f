package stock;

import java.io.IOException;
import java.security.*;
import java.util.Random;
import javax.servlet.http.*;

public class StockServlet extends HttpServlet {
    static final int SCANNER_IDLE_MIN = 20;
    static final int RESET_CODE_DIGITS = 6;
    private StockDao dao;

    @Override
    protected void doGet(HttpServletRequest req, HttpServletResponse res) throws IOException {
        res.setContentType("text/plain");
        req.getSession().setMaxInactiveInterval(SCANNER_IDLE_MIN * 60);
        try {
            String shelf = req.getParameter("shelf");
            String sku = req.getParameter("sku");
            int n = shelf != null ? dao.amountInShelf(shelf) : dao.amountOfSku(sku);
            res.getWriter().println(n);
        } catch (java.sql.SQLException e) {
            res.sendError(503);
        }
    }

    String resetCode() {
        int bound = (int) Math.pow(10, RESET_CODE_DIGITS);
        return String.valueOf(new Random().nextInt(bound));
    }

    byte[] scannerPinHash(byte[] pin) throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-1").digest(pin);
    }

    byte[] deliveryHash(byte[] note) throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256").digest(note);
    }
}
