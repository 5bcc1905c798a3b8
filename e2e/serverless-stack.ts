/**
 * A Service with Functions, a Build and a Deployment, driven through the provider's protocol in the order of the
 * engine: every deployment with a provider of its own, replaced and dropped resources deleted at the end.
 */
import type { LocalTwilio } from "@support-line/local-twilio";
import { Asset, Engine, type Remembered } from "@support-line/provider/testing";

/** Sources by path. */
export type Files = Readonly<Record<string, string>>;

type Program = Parameters<Engine["create"]>[1];
type Options = Parameters<typeof Engine.at>[2];

export const tokens = {
  service: "twilio:serverless:Service",
  environment: "twilio:serverless:Environment",
  function: "twilio:serverless:Function",
  build: "twilio:serverless:Build",
  deployment: "twilio:serverless:Deployment",
} as const;

export class ServerlessStack {
  readonly #local: LocalTwilio;
  readonly #name: string;
  readonly #config: Program;
  readonly #state = new Map<string, Remembered & { readonly token: string }>();

  constructor(local: LocalTwilio, name: string, config: Program = {}) {
    this.#local = local;
    this.#name = name;
    this.#config = config;
  }

  /** The id of a resource of the state. */
  id(name: string): string {
    return this.known(name).id;
  }

  known(name: string): Remembered {
    const known = this.#state.get(name);
    if (known === undefined) throw new Error(`the state has no ${name}`);
    return known;
  }

  /** One deployment. */
  async up(files: Files, more: Program = {}, options: Options = {}): Promise<void> {
    await this.#deploy(files, more, options, false);
  }

  /** The preview of one. */
  async preview(files: Files, options: Options = {}): Promise<void> {
    await this.#deploy(files, {}, options, true);
  }

  async #deploy(files: Files, more: Program, options: Options, preview: boolean): Promise<void> {
    const { accountSid, authToken } = this.#local;
    const config = { accountSid, authToken, ...this.#config };
    await using engine = await Engine.at(this.#local, config, options);
    const goes: (Remembered & { readonly token: string; readonly name: string })[] = [];
    const put = async (token: string, name: string, program: Program): Promise<Remembered> => {
      const old = this.#state.get(name);
      const { inputs, failures } = await engine.check(token, program, old?.inputs ?? {}, name);
      if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("\n"));
      const difference = old && (await engine.diff(token, old, inputs, name));
      if (old !== undefined && difference?.changes === "none") return old;
      const replaces = difference === undefined || difference.replaces.length > 0;
      const now =
        old === undefined || replaces
          ? await engine.create(token, inputs, preview, name)
          : await engine.update(token, old, inputs, preview, name);
      if (preview) return now;
      if (old !== undefined && replaces) goes.push({ ...old, name });
      this.#state.set(name, { ...now, token });
      return now;
    };
    const named = { uniqueName: this.#name, friendlyName: this.#name };
    const serviceSid = (await put(tokens.service, "service", named)).id;
    const environment = await put(tokens.environment, "environment", { serviceSid, uniqueName: "live" });
    const versions: Program[string][] = [];
    for (const [path, source] of Object.entries(files)) {
      const { outputs } = await put(tokens.function, path, {
        serviceSid,
        friendlyName: path,
        path,
        visibility: "public",
        content: new Asset({ text: source }),
      });
      versions.push(outputs["versionSid"] ?? null);
    }
    const build = await put(tokens.build, "build", { serviceSid, functionVersions: versions, ...more });
    await put(tokens.deployment, "deployment", {
      serviceSid,
      environmentSid: environment.id,
      buildSid: preview ? (build.outputs["sid"] ?? null) : build.id,
    });
    if (preview) return;
    for (const { token, name, ...old } of goes) await engine.delete(token, old, name);
    for (const [name, { token, ...old }] of this.#state) {
      if (token !== tokens.function || name in files) continue;
      await engine.delete(token, old, name);
      this.#state.delete(name);
    }
  }

  /** Takes all of it down, as an engine that has no program: what was made last goes first. */
  async destroy(): Promise<void> {
    const { accountSid, authToken } = this.#local;
    await using engine = await Engine.at(this.#local, { accountSid, authToken, ...this.#config });
    for (const [name, { token, ...old }] of [...this.#state].toReversed()) {
      await engine.delete(token, old, name);
      this.#state.delete(name);
    }
  }
}
