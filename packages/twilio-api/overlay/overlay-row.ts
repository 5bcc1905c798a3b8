import type { Later, Operation, OperationName, ValueType } from "../types.ts";

/** What the OpenAPI documents get wrong or leave out about one resource. */
export interface OverlayRow {
  /** Row it corrects. */
  readonly token: string;
  readonly reason: string;
  /** Name of the resource, where the operation ids call it otherwise than Twilio's pages do. */
  readonly rename?: string;
  /** Inputs whose value no response shows, or shows elsewhere (`null`: nowhere). */
  readonly shownAs?: Readonly<Record<string, string | null>>;
  /** Parameters whose type the document gives as text, or not at all. */
  readonly types?: Readonly<Record<string, ValueType>>;
  /** Inputs whose list of words Twilio adds to without notice: a word that is not in it is sent as it is. */
  readonly openWords?: readonly string[];
  /** Properties that Twilio answers null for where the document does not say so. */
  readonly nullable?: readonly string[];
  /** Properties that Twilio answers an empty text for where nothing is set, though their pattern asks for more. */
  readonly emptyText?: readonly string[];
  /** Properties that Twilio answers in another form than the document gives them: type, pattern and format do not hold. */
  readonly otherForm?: readonly string[];
  /** Properties that Twilio answers and the document does not name. */
  readonly unnamed?: readonly string[];
  readonly secretInputs?: readonly string[];
  readonly secretProperties?: readonly string[];
  /** Inputs that update takes by the document and does not change at Twilio: another value makes another resource. */
  readonly createOnly?: readonly string[];
  /** Maps that an update merges into what is there, key by key. */
  readonly mergedInputs?: readonly string[];
  /** Inputs that an update empties unless it names them. */
  readonly forgottenInputs?: readonly string[];
  /** Inputs for which Twilio chooses a value where a create says none, and shows it. */
  readonly filledIn?: readonly string[];
  /** Properties that update takes under the same name though the document does not say so. */
  readonly updateTakes?: readonly string[];
  /** Other names for parameters of its paths: `id` is a word of Pulumi's own. */
  readonly pathParameters?: Readonly<Record<string, string>>;
  /** What its ids begin with, where they are no SIDs. */
  readonly idPrefix?: string;
  /** Property that shows what stands in its path, where its name does not say it. */
  readonly idProperty?: string;
  /** Where Twilio answers before the work is done. */
  readonly later?: Later;
  /** SID prefix, where the document's pattern does not say it. */
  readonly sidPrefix?: string;
  /** Whoever writes names its place, and the first write makes it: all of its path is known beforehand. */
  readonly placed?: true;
  /** Operations that the document leaves out. */
  readonly operations?: Readonly<Partial<Record<OperationName, Operation>>>;
}

export const json: ValueType = { kind: "json" };
export const jsonText: ValueType = { kind: "string", format: "json" };

/** An object of JSON with the parts that Twilio's pages name. */
export function objectOf(parts: Readonly<Record<string, ValueType>>): ValueType {
  const properties = Object.entries(parts).map(([name, type]) => ({ name, type, nullable: true }));
  return { kind: "object", properties };
}

export const text: ValueType = { kind: "string" };

export function listOf(items: ValueType): ValueType {
  return { kind: "array", items };
}

/** One correction for several resources of a product. */
export function each(
  product: string,
  names: readonly string[],
  correction: Omit<OverlayRow, "token">,
): OverlayRow[] {
  return names.map((name) => ({ token: `twilio:${product}:${name}`, ...correction }));
}
