package dev.tarn.jobs.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamEdge;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;

/**
 * What Flink makes of a job.
 *
 * @param operators its operators
 * @param tasks the names of its tasks; a task is a chain of operators
 */
public record Graph(List<StreamNode> operators, List<String> tasks) {

    /** Makes the graph; no type may need Kryo. */
    public static Graph of(StreamExecutionEnvironment flink) {
        flink.configure(Flinks.withoutKryo());
        StreamGraph graph = flink.getStreamGraph();
        return new Graph(
                List.copyOf(graph.getStreamNodes()),
                StreamSupport.stream(graph.getJobGraph().getVertices().spliterator(), false)
                        .map(JobVertex::getName)
                        .toList());
    }

    public List<String> uids() {
        return operators.stream().map(StreamNode::getTransformationUID).toList();
    }

    /** How records go from operator to operator: the names of the partitioners. */
    public List<String> partitioners() {
        List<String> names = new ArrayList<>();
        for (StreamNode operator : operators) {
            for (StreamEdge edge : operator.getInEdges()) {
                names.add(edge.getPartitioner().toString());
            }
        }
        return names;
    }
}
