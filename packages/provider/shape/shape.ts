/** What a resource takes and shows, in the program's names: the one description that check, diff and schema read. */

export type FieldType =
  | {
      readonly kind: "string";
      readonly enum?: readonly string[];
      /** Another word than those is sent as it is. */
      readonly open?: true;
      /** What each word means, for the schema. */
      readonly meanings?: Readonly<Record<string, string>>;
      readonly sid?: string;
      readonly format?: string;
      readonly pattern?: string;
      readonly minLength?: number;
      readonly maxLength?: number;
    }
  | { readonly kind: "integer" | "number"; readonly minimum?: number; readonly maximum?: number }
  | { readonly kind: "boolean" }
  /** In an unordered list only what is in it counts. */
  | { readonly kind: "array"; readonly items: FieldType; readonly unordered: boolean }
  /** An open object has parts beside those that are known: they are taken as they are, and JSON text for the whole. */
  | { readonly kind: "object"; readonly fields: readonly Field[]; readonly open?: true }
  | { readonly kind: "map"; readonly values: FieldType }
  | { readonly kind: "json" }
  | { readonly kind: "asset" };

export interface Field {
  /** As programs write it. */
  readonly name: string;
  readonly type: FieldType;
  readonly required: boolean;
  /** Whether a change of it makes a new resource. */
  readonly replaces: boolean;
  readonly secret: boolean;
  /** Twilio chooses where the program says nothing: what it chose is no difference when the program leaves it out. */
  readonly filledIn?: true;
  /** What it is in: said by what that is called. */
  readonly parent?: true;
  /** For the schema: one sentence. */
  readonly description: string;
}

export interface Shape {
  readonly token: string;
  readonly description: string;
  readonly inputs: readonly Field[];
  readonly outputs: readonly Field[];
}

/** The field of that name. */
export function field(fields: readonly Field[], name: string): Field | undefined {
  return fields.find((candidate) => candidate.name === name);
}
