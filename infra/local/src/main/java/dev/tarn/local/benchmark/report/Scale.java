package dev.tarn.local.benchmark.report;

import java.util.ArrayList;
import java.util.List;

/** Where values lie on an axis that begins at zero and ends at a round number. */
record Scale(double top, double step, double from, double to) {
    private static final int MOST_TICKS = 5;

    /**
     * An axis that has room for the greatest value.
     *
     * @param from where zero is drawn
     * @param to where the top is drawn
     */
    static Scale over(double greatest, double from, double to) {
        double most = greatest > 0 ? greatest : 1;
        double power = Math.pow(10, Math.floor(Math.log10(most / MOST_TICKS)));
        double step = power * 10;
        for (double factor : new double[] {1, 2, 5}) {
            if (most / (factor * power) <= MOST_TICKS) {
                step = factor * power;
                break;
            }
        }
        return new Scale(Math.ceil(most / step - 1e-9) * step, step, from, to);
    }

    double at(double value) {
        return from + (to - from) * value / top;
    }

    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; i * step <= top * (1 + 1e-9); i++) {
            ticks.add(i * step);
        }
        return ticks;
    }
}
