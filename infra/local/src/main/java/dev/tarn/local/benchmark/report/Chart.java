package dev.tarn.local.benchmark.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a plot shows: bars, or lines over the number of chunks. For one thread. */
public final class Chart {
    private final String name;
    private final String title;
    private final String unit;
    private final boolean isLines;
    private final Map<String, List<Point>> series = new LinkedHashMap<>();

    private Chart(String name, String title, String unit, boolean isLines) {
        this.name = name;
        this.title = title;
        this.unit = unit;
        this.isLines = isLines;
    }

    /** A value with its spread; x counts in a chart of lines only. */
    record Point(double x, Spread value) {}

    /**
     * Bars, of which there are none yet.
     *
     * @param name of the file, without its ending
     */
    public static Chart bars(String name, String title, String unit) {
        return new Chart(name, title, unit, false);
    }

    /**
     * Lines, of which there are none yet.
     *
     * @param name of the file, without its ending
     */
    public static Chart lines(String name, String title, String unit) {
        return new Chart(name, title, unit, true);
    }

    /** Adds a bar, or a point of the line that is called so. */
    public void add(String label, double x, Spread value) {
        series.computeIfAbsent(label, unused -> new ArrayList<>()).add(new Point(x, value));
    }

    public String name() {
        return name;
    }

    String title() {
        return title;
    }

    String unit() {
        return unit;
    }

    boolean isEmpty() {
        return series.isEmpty();
    }

    Map<String, List<Point>> series() {
        return series;
    }

    /** As an SVG document. */
    public String svg() {
        return isLines ? new LinePlot(this).draw() : new BarPlot(this).draw();
    }
}
