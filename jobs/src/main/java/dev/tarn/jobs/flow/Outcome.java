package dev.tarn.jobs.flow;

import dev.tarn.deadletter.DeadLetter;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * What an asynchronous stage makes of an element: a value, or a dead letter. Flink's asynchronous operator has no side
 * output, so failure travels as data and is split off behind it.
 *
 * @param value the value, or null
 * @param deadLetter the dead letter, or null
 */
public record Outcome<T>(T value, DeadLetter deadLetter) {

    static <T> Outcome<T> of(T value) {
        return new Outcome<>(value, null);
    }

    static <T> Outcome<T> failed(DeadLetter deadLetter) {
        return new Outcome<>(null, deadLetter);
    }

    /** The type of outcomes with values of this class. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    static <T> TypeInformation<Outcome<T>> typeOf(Class<T> value) {
        return (TypeInformation) Types.POJO(
                Outcome.class,
                Map.of(
                        "value", TypeInformation.of(value),
                        "deadLetter", TypeInformation.of(DeadLetter.class)));
    }
}
