package example.lindenhof.billing.tariff;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import javax.script.Bindings;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineManager;
import javax.script.ScriptException;
import org.springframework.stereotype.Service;

/** Computes what a treatment costs from its points. */
@Service
public class TariffEngine {

    private static final Map<String, String> FORMULAS = Map.of(
            "standard", "points * 0.82",
            "private", "points * 1.15 + 4.5",
            "school", "Math.min(points * 0.6, 40)");

    private final ScriptEngine engine = new ScriptEngineManager().getEngineByName("js");

    /** The price by one of the tariffs that are in force. */
    public BigDecimal price(String tariff, int points) {
        String formula = FORMULAS.get(tariff);
        if (formula == null) {
            throw new IllegalArgumentException("no tariff " + tariff);
        }
        try {
            return round(engine.eval(formula, bindings(points)));
        } catch (ScriptException broken) {
            throw new IllegalStateException(tariff, broken);
        }
    }

    /** Lets the office try a formula before it is put in force. */
    public BigDecimal simulate(String formula, int points) {
        Bindings values = bindings(points);
        try {
            return round(engine.eval(formula, values));
        } catch (ScriptException broken) {
            return BigDecimal.ZERO;
        }
    }

    private Bindings bindings(int points) {
        Bindings values = engine.createBindings();
        values.put("points", points);
        return values;
    }

    private static BigDecimal round(Object value) {
        return new BigDecimal(value.toString()).setScale(2, RoundingMode.HALF_EVEN);
    }
}
