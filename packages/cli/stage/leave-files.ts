/** A stage as a project of Twilio's Serverless Toolkit, and its Flows as Studio's editor takes them. Pure. */
import type { Deployment } from "./leave-state.ts";

/** A Function as JavaScript. */
export interface LeftFunction {
  /** `inner/greet` */
  readonly name: string;
  readonly visibility: string;
  readonly code: string;
}

export interface LeftStage {
  readonly stage: string;
  readonly functions: readonly LeftFunction[];
  /** By path below `assets`. */
  readonly assets: ReadonlyMap<string, Uint8Array>;
  /** SIDs of versions of Assets that only Twilio has. */
  readonly unread: readonly string[];
  readonly dependencies: Readonly<Record<string, string>>;
  readonly runtime: string;
  readonly deployment: Deployment;
}

/** Every file of the folder, by its path in it. */
export function leftFiles(left: LeftStage): Map<string, string | Uint8Array> {
  const { functions, assets, deployment } = left;
  return new Map<string, string | Uint8Array>([
    ...[...assets].map(([file, content]) => [`assets/${file}`, content] as const),
    ...functions.map(
      ({ name, visibility, code }) =>
        [`functions/${name}${visibility === "public" ? "" : `.${visibility}`}.js`, withoutMap(code)] as const,
    ),
    ...deployment.flows.map(
      ({ line, definition }) => [`flows/${line}.json`, `${JSON.stringify(definition, null, 2)}\n`] as const,
    ),
    ["package.json", packageFile(left)],
    [".env.example", exampleEnvironment(deployment.variables)],
    ["README.md", readme(left)],
  ]);
}

/** The sources that a map leads to stay behind. */
function withoutMap(code: string): string {
  return code.replace(/^\/\/# sourceMappingURL=data:.*\n?/m, "");
}

/** What the Toolkit is told on its command line. An Environment without a suffix is what it calls production. */
export function deployCommand({ deployment, runtime }: LeftStage): string {
  const suffix = deployment.domainSuffix;
  const environment = suffix === "" ? "--production" : `--environment ${suffix}`;
  return `twilio-run deploy --override-existing-project ${environment} --runtime ${runtime}`;
}

function packageFile(left: LeftStage): string {
  return `${JSON.stringify(
    {
      // The Toolkit finds the Service by this name, and goes on with it.
      name: left.deployment.uniqueName,
      version: "0.0.0",
      private: true,
      type: "commonjs",
      scripts: { deploy: deployCommand(left) },
      engines: { node: left.runtime.replace(/^node/, "") },
      dependencies: left.dependencies,
    },
    null,
    2,
  )}\n`;
}

function exampleEnvironment(keys: readonly string[]): string {
  return [
    "# The Variables of the deployed Functions. They stay as they are: write into .env only those that you change, since",
    "# a line with nothing behind it empties the Variable.",
    ...keys.map((key) => `# ${key}=`),
    "",
  ].join("\n");
}

function readme(left: LeftStage): string {
  const { stage, deployment, unread } = left;
  const lost = `Twilio shows nobody what is in its private Assets (versions ${unread.join(", ")}), and the next deployment is without them: put their files into \`assets/\` first.`;
  return `# ${deployment.uniqueName}

The Functions of stage ${stage} as JavaScript, for Twilio's Serverless Toolkit, and its Flows for Studio's editor.

- \`npx ${deployCommand(left)}\`, with \`--username\` and \`--password\`, deploys the Functions into the Service that runs them (${deployment.uniqueName}). Its address stays ${deployment.domainName}, so that the Flows go on calling it.
${unread.length === 0 ? "" : `- ${lost}\n`}- The Variables stay as they are. What you put into \`.env\` changes them; \`.env.example\` has their names.
- \`flows/\`: each Flow as it is published. Studio's editor edits them where they are; "Import from JSON" takes them into another account, where the Run Function widgets have to be pointed at the Service there.
`;
}
