package dev.tarn.local.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class ChartTest {
    @Test
    void barsAreXmlThatShowsEachLabelAndValueAsTheyAre() throws Exception {
        Chart chart = Chart.bars("bars", "Fast & <slow>", "\"chunks\"/s");
        chart.add("R & D <1>", 0, Spread.of(10, 20, 30));
        chart.add("other\u0000", 0, Spread.of(1234));

        Document svg = parse(chart.svg());

        assertThat(texts(svg)).contains("Fast & <slow>", "\"chunks\"/s", "R & D <1>", "other ", "20", "1,234");
        assertThat(svg.getElementsByTagName("rect").getLength()).isEqualTo(1 + 2);
    }

    @Test
    void linesAreXmlWithAPointForEachSize() throws Exception {
        Chart chart = Chart.lines("lines", "Growth", "ms");
        for (int size : new int[] {1_000, 10_000, 100_000}) {
            chart.add("Q8", size, Spread.of(size / 1_000.0));
            chart.add("NOQUANT", size, Spread.of(size / 500.0));
        }

        Document svg = parse(chart.svg());

        assertThat(texts(svg)).contains("Growth", "ms", "Q8", "NOQUANT", "1,000", "10,000", "100,000");
        assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(6);
    }

    @Test
    void aChartOfNothingAndOneOfZerosAreXml() throws Exception {
        Chart zeros = Chart.bars("zeros", "Zeros", "s");
        zeros.add("zero", 0, Spread.of(0));

        assertThat(parse(zeros.svg())).isNotNull();
        assertThat(parse(Chart.bars("nothing", "Nothing", "s").svg())).isNotNull();
    }

    @Test
    void anAxisBeginsAtZeroAndEndsAtARoundNumberThatIsEnough() {
        assertThat(Scale.over(47, 0, 100).ticks()).containsExactly(0.0, 10.0, 20.0, 30.0, 40.0, 50.0);
        assertThat(Scale.over(50, 0, 100).top()).isEqualTo(50);
        assertThat(Scale.over(0.9, 0, 100).at(1)).isEqualTo(100);
        assertThat(Scale.over(0, 0, 100).top()).isEqualTo(1);
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> texts(Document svg) {
        NodeList nodes = svg.getElementsByTagName("text");
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent());
        }
        return texts;
    }
}
