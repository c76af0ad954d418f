package example.lindenhof.billing.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Repository;

@Repository
public class InvoiceRepository {

    private static final String SELECT = "SELECT id, payer, total, issued, paid FROM invoice ";
    private static final Map<String, String> SORTS =
            Map.of("issued", "issued DESC", "payer", "payer, issued", "total", "total DESC");
    private static final RowMapper<Invoice> MAPPER = (row, index) -> read(row);

    private final JdbcTemplate jdbc;
    private final DataSource source;

    public InvoiceRepository(JdbcTemplate jdbc, DataSource source) {
        this.jdbc = jdbc;
        this.source = source;
    }

    public List<Invoice> search(String payer, String sort) {
        String order = SORTS.getOrDefault(sort, "issued DESC");
        return jdbc.query(SELECT + "WHERE payer ILIKE ? ORDER BY " + order, MAPPER, payer + "%");
    }

    public Optional<Invoice> byNumber(String number) {
        String sql = SELECT + "WHERE number = '" + number + "'";
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? Optional.of(read(rows)) : Optional.empty();
        } catch (SQLException failure) {
            throw new IllegalStateException("invoice " + number, failure);
        }
    }

    public List<Invoice> overdue(int days) {
        String sql = SELECT + "WHERE NOT paid AND issued < now() - ? * interval '1 day'";
        List<Invoice> found = new ArrayList<>();
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, days);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(read(rows));
                }
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("overdue invoices", failure);
        }
        return found;
    }

    /** Used by the clearing job: marks what the house has paid. */
    public int settle(String reference, String house) {
        return jdbc.update("UPDATE invoice SET paid = true WHERE house = '" + house
                + "' AND reference = '" + reference + "'");
    }

    private static Invoice read(ResultSet row) throws SQLException {
        return new Invoice(row.getLong("id"), row.getString("payer"), row.getBigDecimal("total"),
                row.getDate("issued").toLocalDate(), row.getBoolean("paid"));
    }
}
