/**
 * Flex plugins: what is uploaded is a version, which versions run together is a configuration, and which configuration
 * runs is the latest release. Nothing here runs them. https://www.twilio.com/docs/flex/developer/plugins/api
 */
import { TwilioError } from "../errors.ts";
import { text, textOrNull } from "../fields.ts";
import { isBody, parseJson } from "../json.ts";
import { notFound } from "../http/engine.ts";
import { renderObject } from "../http/render.ts";
import type { Behaviour, Body, Call, Json, StoredObject, Twilio } from "../product.ts";

const token = {
  plugin: "twilio:flex:Plugin",
  version: "twilio:flex:PluginVersion",
  configuration: "twilio:flex:PluginConfiguration",
  release: "twilio:flex:PluginRelease",
} as const;

const plugin: Behaviour = {
  create: (_, { body }) => ({ body: { ...body, archived: false } }),
};

const version: Behaviour = {
  create({ twilio, path }, { body }) {
    const taken = twilio.store
      .list(token.version, { PluginSid: path["PluginSid"] ?? "" })
      .some((other) => other.body["version"] === body["version"]);
    if (taken) throw new TwilioError(20409, { reason: `Version ${text(body, "version")} already exists` });
    return {
      body: { ...body, archived: false, private: body["private"] ?? false, validated: false },
    };
  },
};

const configuration: Behaviour = {
  create({ twilio, input }, { body }) {
    const plugins = listOf(input["Plugins"]).map((asked) => configured(twilio, asked));
    return { body: { ...body, archived: false }, hidden: { plugins } };
  },
};

/** A version in a configuration, as it is asked for: `{"plugin_version": "FV…", "phase": 3}`. */
function configured(twilio: Twilio, asked: Json): Body {
  const given = typeof asked === "string" ? parseJson(asked) : asked;
  const versionSid = isBody(given) ? text(given, "plugin_version") : "";
  const found = twilio.store.find(token.version, versionSid);
  if (found === undefined || !isBody(given)) {
    throw new TwilioError(20001, { reason: `Plugins: '${versionSid}' is not a version of a plugin` });
  }
  return { plugin_version_sid: found.sid, phase: given["phase"] ?? 3 };
}

function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

/** What a configuration says of each plugin in it. */
const configuredPlugin: Behaviour = {
  instead: {
    fetch(call) {
      const found = pluginsOf(call).find(({ sid }) => sid === call.path["PluginSid"]);
      if (found === undefined) throw notFound(call);
      return { body: renderObject(call.twilio, call.resource, configuredPlugin, found) };
    },
  },
  list: (call) => pluginsOf(call),
};

function pluginsOf({ twilio, path, accountSid }: Call): StoredObject[] {
  const { store } = twilio;
  const owner = store.find(token.configuration, path["ConfigurationSid"] ?? "");
  return listOf(owner?.hidden["plugins"]).flatMap((one) => {
    const asked = isBody(one) ? one : {};
    const versioned = store.find(token.version, text(asked, "plugin_version_sid"));
    const of = store.find(token.plugin, versioned?.parents["PluginSid"] ?? "");
    if (owner === undefined || versioned === undefined || of === undefined) return [];
    const body: Body = {
      account_sid: accountSid,
      configuration_sid: owner.sid,
      plugin_sid: of.sid,
      plugin_version_sid: versioned.sid,
      phase: asked["phase"] ?? 3,
      plugin_url: textOrNull(versioned.body, "plugin_url"),
      unique_name: textOrNull(of.body, "unique_name"),
      friendly_name: textOrNull(of.body, "friendly_name"),
      description: textOrNull(of.body, "description"),
      plugin_archived: of.body["archived"] ?? false,
      version: textOrNull(versioned.body, "version"),
      changelog: textOrNull(versioned.body, "changelog"),
      plugin_version_archived: versioned.body["archived"] ?? false,
      private: versioned.body["private"] ?? false,
      date_created: textOrNull(owner.body, "date_created"),
    };
    return [{ ...versioned, sid: of.sid, parents: { ConfigurationSid: owner.sid }, body }];
  });
}

const release: Behaviour = {
  create({ twilio, input }, { body }) {
    const wanted = text(input, "ConfigurationId");
    if (!twilio.store.find(token.configuration, wanted)) {
      throw new TwilioError(20001, {
        reason: `ConfigurationId: '${wanted}' is not a configuration of plugins`,
      });
    }
    return { body: { ...body, configuration_sid: wanted } };
  },
};

/** What is archived stays, and says so. */
const archive = (of: string): Behaviour => ({
  instead: {
    update(call) {
      const found = call.twilio.store.find(of, call.path["Sid"] ?? "");
      if (found === undefined) throw notFound(call);
      const body: Body = { ...found.body, archived: true };
      if ("date_updated" in body) body["date_updated"] = call.twilio.clock.iso();
      const archived = call.twilio.store.replace(of, found.sid, body);
      return { body: renderObject(call.twilio, call.resource, {}, archived) };
    },
  },
});

export const plugins: Readonly<Record<string, Behaviour>> = {
  [token.plugin]: plugin,
  [token.version]: version,
  [token.configuration]: configuration,
  [token.release]: release,
  "twilio:flex:ConfiguredPlugin": configuredPlugin,
  "twilio:flex:PluginArchive": archive(token.plugin),
  "twilio:flex:PluginVersionArchive": archive(token.version),
  "twilio:flex:PluginConfigurationArchive": archive(token.configuration),
};
