package dev.berth.kubernetes.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.kubernetes.object.Difference;
import dev.berth.kubernetes.object.Manifests;
import dev.berth.kubernetes.object.Ownership;
import dev.berth.kubernetes.server.Answer;
import dev.berth.kubernetes.server.Answers;
import dev.berth.kubernetes.server.ApiPath;
import dev.berth.kubernetes.server.ApiServer;
import dev.berth.kubernetes.server.Live;
import dev.berth.plan.Operation;
import dev.berth.plan.Outcome;
import dev.berth.plan.Resource.Key;
import dev.berth.plan.Resource.Kind;
import dev.berth.provisioning.Assignment;
import dev.berth.provisioning.observation.FieldChange;
import dev.berth.provisioning.observation.WriteTrial;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes of objects as dry runs: they pass admission, and nothing is stored. */
@Singleton
public class DryWrites implements WriteTrial {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ApiServer api;

  DryWrites(ApiServer api) {
    this.api = api;
  }

  @Override
  public DryAnswer of(Operation.Write write, Assignment assignment) {
    Key key = write.resource().key();
    ObjectNode manifest = Manifests.manifest(write.resource(), assignment);
    Answer got = api.get(ApiPath.object(key), assignment.deadline());
    if (got.isAbsent()) {
      return created(key, manifest, assignment.deadline());
    }
    if (!got.isOk()) {
      return judged(ObjectFate.NOTHING, List.of(), got, "reading " + key);
    }
    return isOurs(got.object(), write, assignment)
        ? changed(key, got.object(), manifest, assignment.deadline())
        : new DryAnswer(
            ObjectFate.NOTHING,
            List.of(),
            false,
            key + " exists and was not created by Berth for this tenant");
  }

  /** The default account is the controller's work or Berth's. */
  private static boolean isOurs(Live live, Operation.Write write, Assignment assignment) {
    Key key = write.resource().key();
    return key.kind() == Kind.ServiceAccount
        || live.uid().equals(write.uid())
        || Ownership.isOf(live, key.namespace(), assignment.owner());
  }

  /** What is in a namespace that is not there yet cannot be tried. */
  private DryAnswer created(Key key, ObjectNode manifest, Instant deadline) {
    List<FieldChange> fields = FieldChange.between(Map.of(), plain(manifest));
    Answer answer = api.postDry(ApiPath.collection(key), manifest, deadline);
    return answer.isAbsent()
        ? new DryAnswer(ObjectFate.CREATE, fields, false, null)
        : judged(ObjectFate.CREATE, fields, answer, "creating " + key);
  }

  private DryAnswer changed(Key key, Live live, ObjectNode manifest, Instant deadline) {
    ObjectNode patch = Difference.between(live, manifest);
    if (patch.isEmpty()) {
      return new DryAnswer(ObjectFate.NOTHING, List.of(), false, null);
    }
    List<FieldChange> fields = FieldChange.between(plain(part(live.json(), patch)), plain(patch));
    Answer answer = api.patchDry(ApiPath.object(key), live.fence(patch.deepCopy()), deadline);
    return judged(ObjectFate.CHANGE, fields, answer, "changing " + key);
  }

  private static DryAnswer judged(
      ObjectFate effect, List<FieldChange> fields, Answer answer, String doing) {
    boolean sent = !answer.equals(Answer.UNSENT);
    boolean refused = sent && !answer.isOk();
    return new DryAnswer(
        effect, fields, sent, refused ? words(Answers.outcome(answer, doing)) : null);
  }

  private static @Nullable String words(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done done -> null;
      case Outcome.InProgress p -> p.message();
      case Outcome.Retryable r -> r.message();
      case Outcome.Rejected r -> r.message();
      case Outcome.Skipped s -> null;
    };
  }

  /** Of what is there, that which the patch is about. */
  private static JsonNode part(JsonNode live, ObjectNode patch) {
    ObjectNode part = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : patch.properties()) {
      JsonNode is = live.path(field.getKey());
      if (field.getValue() instanceof ObjectNode inner && is.isObject()) {
        part.set(field.getKey(), part(is, inner));
      } else if (!is.isMissingNode()) {
        part.set(field.getKey(), is);
      }
    }
    return part;
  }

  private static Object plain(JsonNode node) {
    return JSON.convertValue(node, Object.class);
  }
}
