/**
 * What Twilio's OpenAPI documents say in prose of a parameter that a request leaves out: "The default is `POST`." For tests of
 * whoever answers as Twilio. It reads the documents and not the rows' inputs.
 */
import { methods, readDocument, resolveSchema, type PathItem, type Schema } from "../generate/document.ts";
import { allResources } from "../index.ts";
import { scope } from "../scope.ts";
import type { OperationName } from "../types.ts";

export interface ProseDefault {
  readonly token: string;
  readonly operation: OperationName;
  readonly parameter: string;
  /** The sentence. */
  readonly says: string;
  /** The value that it names; undefined where it names none that a program could compare ("the URL of our hold music"). */
  readonly value: string | number | boolean | undefined;
}

/** A word that speaks of a default, in any of the documents' ways. */
const speaks = /\bdefaults?\b/i;
/** What comes between that word and the value. */
const named =
  /\bdefaults?(?: value)?(?: of this (?:parameter|property))?(?: is| of| to|:)(?: the)?(?: current)? *(?:`"?([^`]*?)"?`|(\{\}|-?[\d,]*\d|true|false|[a-z]{2}-[A-Z]{2}))(?=[\s.,;)]|$)/i;

/** Every default that stands in prose at a parameter of a create or an update of the resources that the rows have. */
export function proseDefaults(): ProseDefault[] {
  const resources = allResources();
  return scope.flatMap(({ product, version, document: name }) => {
    const document = readDocument(name);
    return Object.entries(document.paths).flatMap(([path, item]) =>
      methods.flatMap((method) => {
        const about = resources.flatMap((row) =>
          (["create", "update"] as const)
            .filter((verb) => row.operations[verb]?.path === path)
            .filter((verb) => row.operations[verb]?.method === method.toUpperCase())
            .map((operation) => ({ token: row.token, operation, row })),
        );
        const found = about.find(({ row }) => row.product === product && row.version === version);
        if (found === undefined) return [];
        const { token, operation } = found;
        return [...described(formOf(item, method, (schema) => resolveSchema(document, schema)))].flatMap(
          ([parameter, prose]) => defaultsIn(prose).map((one) => ({ token, operation, parameter, ...one })),
        );
      }),
    );
  });
}

function formOf(
  item: PathItem,
  method: (typeof methods)[number],
  resolve: (schema: Schema) => Schema,
): Schema | undefined {
  const [media] = Object.values(item[method]?.requestBody?.content ?? {});
  return media?.schema === undefined ? undefined : resolve(media.schema);
}

function* described(form: Schema | undefined): Generator<readonly [parameter: string, prose: string]> {
  for (const [parameter, { description }] of Object.entries(form?.properties ?? {})) {
    if (typeof description === "string") yield [parameter, description];
  }
}

/** The sentences of a description that speak of a default; the first that names a value, or the first. */
function defaultsIn(description: string): Pick<ProseDefault, "says" | "value">[] {
  const sentences = description.split(/(?<=[.!?])\s+/).filter((sentence) => speaks.test(sentence));
  const says = sentences.find((sentence) => named.test(sentence)) ?? sentences[0];
  if (says === undefined) return [];
  const [, quoted, plain] = named.exec(says) ?? [];
  return [{ says, value: valueOf(quoted ?? plain) }];
}

function valueOf(text: string | undefined): ProseDefault["value"] {
  if (text === undefined) return undefined;
  if (text === "true" || text === "false") return text === "true";
  return /^-?[\d,]*\d$/.test(text) ? Number(text.replaceAll(",", "")) : text;
}
