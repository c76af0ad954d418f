package example.lindenhof.billing.data;

import java.math.BigDecimal;
import java.time.LocalDate;

/** One invoice as it was issued. */
public record Invoice(long id, String payer, BigDecimal total, LocalDate issued, boolean paid) {

    public boolean overdue(LocalDate today, int days) {
        return !paid && issued.plusDays(days).isBefore(today);
    }
}
