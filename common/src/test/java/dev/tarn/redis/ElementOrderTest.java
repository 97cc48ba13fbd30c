package dev.tarn.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ElementOrderTest {
    private static final List<String> ELEMENTS = List.of("a.0-1-x", "b.0-1-x", "c.0-2-x", "d.1-2-y", "e.1-2-y");

    @Test
    void whatIsStoredIsReadAgain() {
        String stored = ElementOrder.of(ELEMENTS).stored();

        assertThat(stored).isEqualTo("a.0-1-x b c.0-2-x d.1-2-y e");
        assertThat(ElementOrder.parse(stored).elements()).isEqualTo(ELEMENTS);
    }

    @Test
    void aSingleChunkHasNoOrder() {
        assertThat(ElementOrder.of(List.of("a.0-1-x")).stored()).isEmpty();
        assertThat(ElementOrder.of(List.of()).stored()).isEmpty();
    }

    @Test
    void aManifestWithoutAnOrderKnowsNoNeighbours() {
        ElementOrder unknown = ElementOrder.parse(null);

        assertThat(unknown.before("a.0-1-x", 1)).isEmpty();
        assertThat(unknown.after("a.0-1-x", 1)).isEmpty();
        assertThat(ElementOrder.of(ELEMENTS).before("z", 1)).isEmpty();
        assertThat(ElementOrder.of(ELEMENTS).after("z", 1)).isEmpty();
    }
}
