package example.lindenhof.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import example.lindenhof.billing.clearing.TokenService;
import org.junit.jupiter.api.Test;

class TokenServiceTest {

    private static final String SHARED_KEY = "key-for-tests";

    private final TokenService tokens = new TokenService();

    @Test
    void linksBeginWithTheInvoice() {
        assertTrue(tokens.paymentLink(36).startsWith("10-"));
    }

    @Test
    void sealDependsOnTheKey() {
        assertNotEquals(tokens.seal("claim", SHARED_KEY), tokens.seal("claim", "another"));
    }

    @Test
    void blanksAroundAStatementDoNotCount() {
        assertEquals(tokens.statementKey("a"), tokens.statementKey(" a\n"));
    }
}
