package dev.tarn.local.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The jobs of a Flink cluster, the stack's or the user's own, over its REST API. Every method throws {@link
 * StackException} when Flink does not answer or refuses, with the message of the exception at the root.
 */
public final class FlinkJobs {

    private static final int PATIENCE = 3;
    private static final String USED_HEAP = "Status.JVM.Memory.Heap.Used";

    private final FlinkRest rest;

    /**
     * Asks nothing yet.
     *
     * @param address of the JobManager's REST API, with or without a path
     */
    public FlinkJobs(URI address) {
        this.rest = new FlinkRest(address);
    }

    /** Returns the id of the uploaded jar. The cluster keeps it until it is deleted. */
    public String upload(Path jar) {
        Path file = Path.of(rest.upload("jars/upload", jar).path("filename").asText());
        return file.getFileName().toString();
    }

    public void deleteJar(String jarId) {
        rest.delete("jars/" + jarId);
    }

    /** Runs the program on the cluster's side, and returns the id of the job that it submitted. */
    public String run(String jarId, JobRun run) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("entryClass", run.entryClass());
        run.arguments().forEach(body.putArray("programArgsList")::add);
        if (run.parallelism() > 0) {
            body.put("parallelism", run.parallelism());
        }
        if (run.savepoint() != null) {
            body.put("savepointPath", run.savepoint());
        }
        return rest.post("jars/" + jarId + "/run", body).path("jobid").asText();
    }

    /** The jobs that run, and those that ended within the last hour or so. */
    public List<Job> list() {
        return stream(rest.get("jobs/overview").path("jobs"))
                .map(FlinkJobs::job)
                .toList();
    }

    /**
     * Returns when the job runs, with every one of its subtasks.
     *
     * @throws StackException with the job's own failure, if it ends first, or fails again and again, or the limit passes
     */
    public void awaitRunning(String jobId, Duration limit) {
        Polling.until(limit, () -> allSubtasksRun(details(jobId)) || isLost(jobId));
        JsonNode details = details(jobId);
        if (!allSubtasksRun(details)) {
            Job job = job(details);
            throw new StackException("the job '" + job.name() + "' does not run: "
                    + failures(jobId).findFirst().orElse("it is " + job.state()));
        }
    }

    /** Cancels the job and returns when it has ended. A job that had ended already stays as it is. */
    public void cancel(String jobId, Duration limit) {
        if (!job(details(jobId)).ended()) {
            rest.patch("jobs/" + jobId + "?mode=cancel");
        }
        awaitEnd(jobId, limit);
    }

    /**
     * Stops the job after a savepoint in the cluster's own folder and returns where the savepoint lies. What is under way
     * is in the savepoint.
     *
     * @throws StackException with Flink's reason, if the savepoint fails; the job then runs on
     */
    public String stopWithSavepoint(String jobId, Duration limit) {
        return stop(jobId, false, limit);
    }

    /**
     * Stops the job once what it has read is through, for a start without a savepoint.
     *
     * @throws StackException with Flink's reason, if that fails or takes too long; the job may read no more then
     */
    public void drain(String jobId, Duration limit) {
        stop(jobId, true, limit);
    }

    private String stop(String jobId, boolean drain, Duration limit) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("drain", drain);
        String request =
                rest.post("jobs/" + jobId + "/stop", body).path("request-id").asText();
        String path = "jobs/" + jobId + "/savepoints/" + request;
        boolean done = Polling.until(
                limit,
                () -> "COMPLETED"
                        .equals(rest.get(path).path("status").path("id").asText()));
        JsonNode operation = rest.get(path).path("operation");
        if (operation.has("failure-cause")) {
            throw new StackException("the savepoint failed: "
                    + RootCause.of(
                            operation.path("failure-cause").path("stack-trace").asText()));
        }
        if (!done) {
            throw new StackException("the savepoint was not done after " + limit.toSeconds() + " s");
        }
        awaitEnd(jobId, limit);
        return operation.path("location").asText();
    }

    /** Checkpoints that the job has completed since it was submitted. */
    public int completedCheckpoints(String jobId) {
        return rest.get("jobs/" + jobId + "/checkpoints")
                .path("counts")
                .path("completed")
                .asInt();
    }

    /** How the job, its tasks and the cluster's slots are now, and what the job failed with last, in a line. */
    public String describe(String jobId) {
        JsonNode details = details(jobId);
        JsonNode cluster = rest.get("overview");
        Job job = job(details);
        return "the job " + job.id() + " is " + job.state()
                + ", its tasks are " + nonZero(details.path("status-counts"))
                + ", " + cluster.path("slots-available").asInt()
                + " of " + cluster.path("slots-total").asInt() + " slots are free; it failed "
                + failures(jobId).findFirst().map(last -> "last with: " + last).orElse("never");
    }

    private static String nonZero(JsonNode counts) {
        return counts.properties().stream()
                .filter(count -> count.getValue().asInt() > 0)
                .map(count -> count.getKey() + " " + count.getValue())
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /** Task slots that no job uses. */
    public int freeSlots() {
        return rest.get("overview").path("slots-available").asInt();
    }

    /**
     * Returns when the JobManager has found out that the last TaskManager is gone: until then it gives its slots to jobs.
     *
     * @throws StackException when the limit passes
     */
    public void awaitNoTaskManager(Duration limit) {
        if (!Polling.until(
                limit, () -> rest.get("overview").path("taskmanagers").asInt() == 0)) {
            throw new StackException("a TaskManager is registered still after " + limit.toSeconds() + " s");
        }
    }

    /** The version of the cluster. */
    public String version() {
        return rest.get("overview").path("flink-version").asText();
    }

    /** Bytes of heap that each TaskManager uses, garbage included, as they have told it last. */
    public List<Long> usedHeaps() {
        return stream(rest.get("taskmanagers").path("taskmanagers"))
                .map(each -> rest.get("taskmanagers/" + each.path("id").asText() + "/metrics?get=" + USED_HEAP)
                        .path(0)
                        .path("value")
                        .asLong())
                .toList();
    }

    private void awaitEnd(String jobId, Duration limit) {
        if (!Polling.until(limit, () -> job(details(jobId)).ended())) {
            throw new StackException("the job " + jobId + " did not stop within " + limit.toSeconds() + " s");
        }
    }

    private JsonNode details(String jobId) {
        return rest.get("jobs/" + jobId);
    }

    /** A cluster may restart a job for ever that fails whenever it starts. */
    private boolean isLost(String jobId) {
        Job job = job(details(jobId));
        return job.ended()
                || (job.state().equals("RESTARTING") && failures(jobId).count() >= PATIENCE);
    }

    /** What the job failed with, the last first. */
    private Stream<String> failures(String jobId) {
        return stream(rest.get("jobs/" + jobId + "/exceptions")
                        .path("exceptionHistory")
                        .path("entries"))
                .map(failure -> RootCause.of(failure.path("stacktrace").asText()));
    }

    private static Job job(JsonNode job) {
        return new Job(
                job.path("jid").asText(),
                job.path("name").asText(),
                job.path("state").asText());
    }

    /** Whether the job runs now, with every one of its subtasks. */
    public boolean runs(String jobId) {
        return allSubtasksRun(details(jobId));
    }

    private static boolean allSubtasksRun(JsonNode details) {
        return "RUNNING".equals(details.path("state").asText())
                && stream(details.path("vertices")).allMatch(FlinkJobs::allSubtasksRunIn);
    }

    private static boolean allSubtasksRunIn(JsonNode vertex) {
        JsonNode tasks = vertex.path("tasks");
        int running = tasks.path("RUNNING").asInt() + tasks.path("FINISHED").asInt();
        return running == vertex.path("parallelism").asInt();
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
