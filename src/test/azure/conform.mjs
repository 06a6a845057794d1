// The life of a node pool through Microsoft's client for JavaScript. What holds is asserted here;
// the test that runs this reads the exit status only.
import assert from "node:assert/strict";
import { ContainerServiceClient } from "@azure/arm-containerservice";

const { AZURE_URL, AZURE_TENANT, AZURE_SUBSCRIPTION, AZURE_GROUP, AZURE_CLUSTER } = process.env;
const cluster = [AZURE_GROUP, AZURE_CLUSTER];
const quickly = { updateIntervalInMs: 20 };

/** Workload identity: a federated token goes in, an access token comes out. */
async function accessToken() {
  const answer = await fetch(`${AZURE_URL}/${AZURE_TENANT}/oauth2/v2.0/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: "second-client",
      scope: "https://management.azure.com/.default",
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: "header.claims.signature",
    }),
  });
  assert.equal(answer.status, 200);
  return (await answer.json()).access_token;
}

const token = await accessToken();
const client = new ContainerServiceClient({ getToken: () => null }, AZURE_SUBSCRIPTION, {
  endpoint: AZURE_URL,
  apiVersion: "2025-09-01",
  allowInsecureConnection: true,
  retryOptions: { maxRetries: 0 },
});
// The client's own policy gives no token to an address without TLS.
client.pipeline.removePolicy({ name: "bearerTokenAuthenticationPolicy" });
client.pipeline.addPolicy({
  name: "tokenWithoutTls",
  sendRequest(request, next) {
    request.headers.set("Authorization", `Bearer ${token}`);
    return next(request);
  },
});

const kata = (count) => ({
  count,
  vmSize: "Standard_D4s_v5",
  workloadRuntime: "KataVmIsolation",
  osType: "Linux",
  osSKU: "AzureLinux",
  type: "VirtualMachineScaleSets",
  mode: "User",
  nodeLabels: { "berth.dev/pool": "kata" },
  tags: { owner: "berth" },
});

const put = (name, pool, options = {}) =>
  client.agentPools.createOrUpdate(...cluster, name, pool, { ...quickly, ...options });

async function refusal(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return assert.fail("it was to be refused");
}

const steps = {
  async "a pool is created and waited for"() {
    const pool = await put("kata", kata(1), { ifNoneMatch: "*" });
    assert.equal(pool.provisioningState, "Succeeded");
    assert.equal(pool.workloadRuntime, "KataVmIsolation");
    assert.equal(pool.maxPods, 250);
    assert.match(pool.nodeImageVersion, /katagen2/);
  },
  async "it is read"() {
    const pool = await client.agentPools.get(...cluster, "kata");
    assert.equal(pool.upgradeSettings.maxSurge, "10%");
    assert.deepEqual(pool.tags, { owner: "berth" });
    assert.ok(pool.eTag);
  },
  async "all pools are listed, page after page"() {
    const names = [];
    for await (const pool of client.agentPools.list(...cluster)) {
      names.push(pool.name);
    }
    assert.deepEqual(names, ["kata", "system"]);
  },
  async "the cluster shows it too"() {
    const { agentPoolProfiles, networkProfile } = await client.managedClusters.get(...cluster);
    assert.deepEqual(agentPoolProfiles.map((profile) => profile.name), ["kata", "system"]);
    assert.equal(networkProfile.networkPolicy, "none");
  },
  async "it is scaled"() {
    const pool = await put("kata", kata(3));
    assert.equal(pool.count, 3);
    assert.equal(pool.provisioningState, "Succeeded");
  },
  async "a refusal has its code"() {
    const error = await refusal(put("other", { ...kata(1), osSKU: "Ubuntu" }));
    assert.equal(error.statusCode, 400);
    assert.equal(error.code, "InvalidWorkloadRuntimeSettingError");
  },
  async "an operation that fails has its code"() {
    const error = await refusal(put("broken", kata(1)));
    assert.match(`${error.code} ${error.message}`, /VMExtensionProvisioningError/);
    const pool = await client.agentPools.get(...cluster, "broken");
    assert.equal(pool.provisioningState, "Failed");
    assert.equal(pool.status.provisioningError.code, "VMExtensionProvisioningError");
  },
  async "both are deleted"() {
    for (const name of ["kata", "broken"]) {
      await client.agentPools.delete(...cluster, name, quickly);
      assert.equal((await refusal(client.agentPools.get(...cluster, name))).statusCode, 404);
    }
  },
};

for (const [name, step] of Object.entries(steps)) {
  await step();
  console.log(name);
}
