/**
 * What Twilio's REST API is, as data: the shape of the rows that the generator writes from Twilio's OpenAPI
 * documents and that both the provider and the local Twilio read. Wire names keep Twilio's spelling
 * (`FriendlyName` in requests, `friendly_name` in responses); a dot in a wire name nests (`AutoCreation.Enabled`).
 */

/**
 * What a parameter or a property holds. `json` is any JSON: text in a form parameter, a value in a response. `holds` is
 * the shape of what is in JSON, or in text that is JSON, where Twilio's pages say it; more than that may stand there.
 */
export type ValueType =
  | {
      readonly kind: "string";
      readonly enum?: readonly string[];
      /** Twilio adds words to the list without notice: another one is not wrong. */
      readonly open?: true;
      readonly holds?: ValueType;
      /** SID prefix, two letters, when the value is a SID. */
      readonly sid?: string;
      readonly format?: string;
      readonly pattern?: string;
      readonly minLength?: number;
      readonly maxLength?: number;
    }
  | { readonly kind: "integer" | "number"; readonly minimum?: number; readonly maximum?: number }
  | { readonly kind: "boolean" }
  | { readonly kind: "array"; readonly items: ValueType }
  | { readonly kind: "object"; readonly properties: readonly Property[] }
  | { readonly kind: "json"; readonly holds?: ValueType };

/** A request parameter of one operation: form field, query parameter or header. */
export interface Parameter {
  readonly name: string;
  readonly type: ValueType;
  readonly required: boolean;
}

/** A property of a resource as responses show it. */
export interface Property {
  readonly name: string;
  readonly type: ValueType;
  readonly nullable: boolean;
}

export type OperationName = "create" | "fetch" | "update" | "delete" | "list";

/** One operation: method, what it takes beside the path, and the status of its success. */
export interface Operation {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** The path takes a PUT too, which says the whole of what is to be. */
  readonly takesWhole?: true;
  /** The path template, `/v1/Services/{ServiceSid}/Functions/{Sid}`. */
  readonly path: string;
  /** Where it is not the resource's own host: uploads go to a host of theirs. */
  readonly host?: string;
  readonly status: number;
  /** Fields of a form, or the properties of a JSON body where `body` says so. */
  readonly form: readonly Parameter[];
  /** Absent: a form. */
  readonly body?: "json";
  readonly query: readonly Parameter[];
  readonly headers: readonly Parameter[];
}

/**
 * One input of a resource, for a reader who thinks in resources and not in operations: the union of what create
 * and update take, corrected by the overlay.
 */
export interface Input {
  /** Wire name in requests. */
  readonly name: string;
  readonly type: ValueType;
  readonly required: boolean;
  /** Whether create, update take it. An input that only create takes replaces the resource when it changes. */
  readonly onCreate: boolean;
  readonly onUpdate: boolean;
  /** Path of the response property that shows it, `auto_creation.enabled`; null when no response does. */
  readonly property: string | null;
  readonly secret: boolean;
  /** A list in which only what is in it counts, and not in which order. */
  readonly unordered?: true;
  /** An update merges it: a key that it does not name stays, one that is null goes. */
  readonly merged?: true;
  /** An update that does not name it empties it. */
  readonly forgotten?: true;
  /** Twilio chooses a value where a create says none: leaving it out asks for nothing. */
  readonly filledIn?: true;
}

/** How a list is answered. */
export interface ListForm {
  readonly key: string;
  readonly pageSize: number;
  readonly maxPageSize: number;
  /** Entries are what resources are called, and nothing else. */
  readonly names?: true;
  /** The next page is asked for with `pageToken`, as `meta.nextToken` says it; else by a URL in the answer. */
  readonly tokens?: true;
}

/** Where Twilio answers before the work is done: with a `statusUrl`, where an operation says how far it is. */
export interface Later {
  /** Row of the operation. */
  readonly operation: string;
  /** Where the finished operation of a create says what was made: `result.id`. */
  readonly id: string;
  /** Words of the operation's `status` that end it well, and badly. */
  readonly done: readonly string[];
  readonly failed: readonly string[];
}

/** One resource of the API. */
export interface Resource {
  /** `twilio:serverless:Function`: the Pulumi token and the key of this row. */
  readonly token: string;
  readonly product: string;
  readonly version: string;
  readonly host: string;
  /** Last part of the token. */
  readonly name: string;
  /** Where create and list live; null for a singleton. */
  readonly collectionPath: string | null;
  /** Where fetch, update and delete live. */
  readonly instancePath: string | null;
  /** Path parameters of the parents, outermost first, without the resource's own id. */
  readonly parents: readonly { readonly name: string; readonly sid: string | null }[];
  /** Name of the path parameter that is this resource's own id (`Sid`); null for a singleton. */
  readonly idParameter: string | null;
  /** Response property that shows what stands there: `sid`, a Safelist number's `phone_number`; null for a singleton. */
  readonly idProperty: string | null;
  readonly sidPrefix: string | null;
  readonly operations: Readonly<Partial<Record<OperationName, Operation>>>;
  /** Key of the array in a list response (`functions`), and its page sizes. */
  readonly list: ListForm | null;
  readonly properties: readonly Property[];
  /**
   * Keys of `links` (v1, v2) or `subresource_uris` (2010) with the path each leads to; its parameters are, in order,
   * those of the resource's own path. From `x-twilio.dependentProperties` and the documents' examples.
   */
  readonly links?: Readonly<Record<string, string>>;
  readonly inputs: readonly Input[];
  readonly later?: Later;
  /** What its ids begin with, where they are no SIDs: `mem_store_`. */
  readonly idPrefix?: string;
  /** Response properties that hold secrets. */
  readonly secretProperties: readonly string[];
  /** Properties that only the answer to a create shows: whoever wants them keeps them. */
  readonly shownOnce?: readonly string[];
  /** Operations that answer with less than all properties, and what they show. */
  readonly shows?: Readonly<Partial<Record<OperationName, readonly string[]>>>;
}

/** One generated file: every row of a product, of all its documents. */
export interface Product {
  readonly product: string;
  readonly resources: readonly Resource[];
}
