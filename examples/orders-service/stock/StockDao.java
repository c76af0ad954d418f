package stock;

import java.sql.*;

public class StockDao {
    static final int QUERY_TIMEOUT_S = 12;
    private static final String DB_PASSWORD = "Regal!17-nord-Kiste";
    private final Connection conn;

    public StockDao(String url) throws SQLException {
        conn = DriverManager.getConnection(url, "stock", DB_PASSWORD);
    }

    public int amountInShelf(String shelf) throws SQLException {
        try (Statement st = conn.createStatement()) {
            st.setQueryTimeout(QUERY_TIMEOUT_S);
            String sql = String.format("SELECT SUM(qty) FROM stock WHERE shelf='%s'", shelf);
            ResultSet rs = st.executeQuery(sql);
            return rs.next() ? rs.getInt(1) : 0;
        }
    }

    public int amountOfSku(String sku) throws SQLException {
        String sql = "SELECT qty FROM stock WHERE sku = ?";
        try (PreparedStatement st = conn.prepareStatement(sql)) {
            st.setString(1, sku);
            ResultSet rs = st.executeQuery();
            return rs.next() ? rs.getInt(1) : 0;
        }
    }
}
