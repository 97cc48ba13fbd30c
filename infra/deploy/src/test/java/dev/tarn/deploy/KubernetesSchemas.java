package dev.tarn.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1Role;
import io.kubernetes.client.openapi.models.V1RoleBinding;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Says what Kubernetes' API, or the Flink operator's, would refuse. */
final class KubernetesSchemas {
    private static final String OPERATOR = "/META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml";

    private static final Map<String, Check> KUBERNETES = Map.of(
            "v1 Namespace", V1Namespace::validateJsonElement,
            "v1 ServiceAccount", V1ServiceAccount::validateJsonElement,
            "v1 ConfigMap", V1ConfigMap::validateJsonElement,
            "rbac.authorization.k8s.io/v1 Role", V1Role::validateJsonElement,
            "rbac.authorization.k8s.io/v1 RoleBinding", V1RoleBinding::validateJsonElement,
            "networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy::validateJsonElement);

    private final Schema flinkDeployment;

    /** @param flinkVersion one that the operator is known to accept, beside those in the schema */
    KubernetesSchemas(String flinkVersion) {
        JsonNode schema = Repository.yamls(resource()).get(0).at("/spec/versions/0/schema/openAPIV3Schema");
        ObjectNode properties = (ObjectNode) schema.get("properties");
        for (String common : List.of("apiVersion", "kind", "metadata")) {
            properties.putObject(common);
        }
        refuseUnknown(schema);
        ((ArrayNode) schema.at("/properties/spec/properties/flinkVersion/enum")).add(flinkVersion);
        flinkDeployment = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema.toString(), InputFormat.JSON);
    }

    /** Empty when all is well. */
    List<String> errors(JsonNode manifest) {
        String type =
                manifest.get("apiVersion").asText() + " " + manifest.get("kind").asText();
        if (type.equals("flink.apache.org/v1beta1 FlinkDeployment")) {
            return flinkDeployment.validate(manifest.toString(), InputFormat.JSON).stream()
                    .map(Object::toString)
                    .toList();
        }
        Check check = KUBERNETES.get(type);
        if (check == null) {
            return List.of("no schema for " + type);
        }
        try {
            check.validate(JsonParser.parseString(manifest.toString()));
            return List.of();
        } catch (IOException | RuntimeException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private interface Check {
        void validate(JsonElement manifest) throws IOException;
    }

    /** The API server drops what a schema does not name; here it is an error. */
    private static void refuseUnknown(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            if (object.remove("x-kubernetes-int-or-string") != null) {
                object.remove("type");
            }
            if (object.path("properties").isObject()
                    && !object.has("additionalProperties")
                    && !object.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
                object.put("additionalProperties", false);
            }
        }
        schema.forEach(KubernetesSchemas::refuseUnknown);
    }

    private static String resource() {
        try (InputStream in = KubernetesSchemas.class.getResourceAsStream(OPERATOR)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
