import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import type { Difference, State } from "../lifecycles/lifecycle.ts";
import type { Provider } from "../provider.ts";
import { type Target } from "../provider.ts";
import { propertyPath } from "../translate/diff.ts";
import type { Checked } from "../translate/inputs-to-checked.ts";
import { version } from "../version.ts";
import { method } from "./answer.ts";
import { withCommands } from "./commands.ts";
import type { EngineLog } from "./engine-log.ts";
import { structToValues, valuesToStruct } from "./struct.ts";

/** The provider protocol (pulumi/provider.proto) on a provider: messages to values and back, nothing else. */
export function service(provider: Provider, log: EngineLog): UntypedServiceImplementation {
  const ofResource = <Request, Response>(handle: (request: Request) => Response | Promise<Response>) =>
    method((request: Request) => provider.during(() => handle(request)));
  return {
    handshake: method((request: proto.ProviderHandshakeRequest) => {
      log.connect(request.getEngineAddress());
      // What is said here replaces what Configure's answer says.
      const response = new proto.ProviderHandshakeResponse();
      response.setAcceptSecrets(true);
      response.setAcceptResources(false);
      response.setAcceptOutputs(false);
      return response;
    }),

    attach: method((request: plugin.PluginAttach) => {
      log.connect(request.getAddress());
      return new empty.Empty();
    }),

    getPluginInfo: method(() => {
      const response = new plugin.PluginInfo();
      response.setVersion(version);
      return response;
    }),

    getSchema: method(async () => {
      const { readFile } = await import("node:fs/promises");
      const response = new proto.GetSchemaResponse();
      response.setSchema(await readFile(new URL("../schema.gen.json", import.meta.url), "utf8"));
      return response;
    }),

    checkConfig: method(async (request: proto.CheckRequest) => {
      const [olds, news] = [structToValues(request.getOlds()), structToValues(request.getNews())];
      return checkResponse(await provider.checkConfig(olds, news), request.getUrn());
    }),

    diffConfig: method((request: proto.DiffRequest) => {
      const olds = structToValues(request.getOldInputs() ?? request.getOlds());
      return diffResponse(provider.diffConfig(olds, structToValues(request.getNews())));
    }),

    configure: method(async (request: proto.ConfigureRequest) => {
      await provider.configure(structToValues(request.getArgs()));
      const response = new proto.ConfigureResponse();
      response.setAcceptsecrets(true);
      response.setSupportspreview(true);
      return response;
    }),

    check: ofResource(async (request: proto.CheckRequest) =>
      checkResponse(
        await provider.check(
          target(request.getUrn()),
          structToValues(request.getNews()),
          structToValues(request.getOlds()),
        ),
        request.getUrn(),
      ),
    ),

    diff: ofResource(async (request: proto.DiffRequest) =>
      diffResponse(
        await provider.diff(target(request.getUrn()), state(request), structToValues(request.getNews())),
      ),
    ),

    create: ofResource(async (request: proto.CreateRequest) => {
      const inputs = structToValues(request.getProperties());
      const { id, outputs } = await provider.create(
        target(request.getUrn()),
        inputs,
        request.getPreview(),
        request.getTimeout(),
      );
      const response = new proto.CreateResponse();
      response.setId(id);
      response.setProperties(valuesToStruct(outputs));
      return response;
    }),

    read: ofResource(async (request: proto.ReadRequest) => {
      const known = {
        id: request.getId(),
        inputs: structToValues(request.getInputs()),
        outputs: structToValues(request.getProperties()),
      };
      const found = await provider.read(target(request.getUrn()), known);
      const response = new proto.ReadResponse();
      // An answer without an id says that it is gone.
      if (found === undefined) return response;
      response.setId(found.id);
      response.setProperties(valuesToStruct(found.outputs));
      response.setInputs(valuesToStruct(found.inputs));
      return response;
    }),

    update: ofResource(async (request: proto.UpdateRequest) => {
      const inputs = structToValues(request.getNews());
      const outputs = await provider.update(
        target(request.getUrn()),
        state(request),
        inputs,
        request.getPreview(),
        request.getTimeout(),
      );
      const response = new proto.UpdateResponse();
      response.setProperties(valuesToStruct(outputs));
      return response;
    }),

    delete: ofResource(async (request: proto.DeleteRequest) => {
      const known = {
        id: request.getId(),
        inputs: structToValues(request.getOldInputs()),
        outputs: structToValues(request.getProperties()),
      };
      await provider.delete(target(request.getUrn()), known, request.getTimeout());
      return new empty.Empty();
    }),

    invoke: method(async (request: proto.InvokeRequest) => {
      const found = await provider.invoke(request.getTok(), structToValues(request.getArgs()));
      const response = new proto.InvokeResponse();
      response.setReturn(valuesToStruct(found));
      return response;
    }),

    // The engine says so when somebody stops it, and at the end of every run.
    cancel: method(async () => {
      provider.cancel();
      await provider.nameLeft();
      await log.said();
      return new empty.Empty();
    }),
  };
}

/** `urn:pulumi:stack::project::parent$twilio:serverless:Function::name`: the type is the last of its chain. */
function target(urn: string): Target {
  const token = urn.split("::")[2]?.split("$").at(-1) ?? "";
  return { urn, token };
}

function state(request: proto.DiffRequest | proto.UpdateRequest): State {
  const outputs = structToValues(request.getOlds());
  return {
    id: request.getId(),
    inputs: request.hasOldInputs() ? structToValues(request.getOldInputs()) : outputs,
    outputs,
  };
}

function checkResponse({ inputs, failures }: Checked, urn: string): proto.CheckResponse {
  const response = new proto.CheckResponse();
  response.setInputs(valuesToStruct(inputs));
  response.setFailuresList(
    failures.map(({ property, reason }) => {
      const failure = new proto.CheckFailure();
      failure.setProperty(property);
      failure.setReason(withCommands(reason, urn));
      return failure;
    }),
  );
  return response;
}

const kinds = {
  add: [proto.PropertyDiff.Kind.ADD, proto.PropertyDiff.Kind.ADD_REPLACE],
  delete: [proto.PropertyDiff.Kind.DELETE, proto.PropertyDiff.Kind.DELETE_REPLACE],
  update: [proto.PropertyDiff.Kind.UPDATE, proto.PropertyDiff.Kind.UPDATE_REPLACE],
} as const;

function diffResponse({ changes, deleteBeforeReplace }: Difference): proto.DiffResponse {
  const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;
  const response = new proto.DiffResponse();
  response.setChanges(changes.length === 0 ? DIFF_NONE : DIFF_SOME);
  response.setHasdetaileddiff(true);
  const names = (list: typeof changes) => [...new Set(list.map(({ path }) => String(path[0])))];
  response.setDiffsList(names(changes));
  response.setReplacesList(names(changes.filter(({ replaces }) => replaces)));
  response.setDeletebeforereplace(deleteBeforeReplace);
  const detailed = response.getDetaileddiffMap();
  for (const { path, kind, replaces } of changes) {
    const difference = new proto.PropertyDiff();
    difference.setKind(kinds[kind][replaces ? 1 : 0]);
    difference.setInputdiff(true);
    detailed.set(propertyPath(path), difference);
  }
  return response;
}
