/**
 * The shape of a Flow as code: Studio's own words, its widgets by name. What a widget takes and leaves by is read off
 * the widget's own description, so a widget's file is all there is to write.
 */
import type { z } from "zod";
import type { PredicateType } from "../predicates.ts";
import type { WidgetType, widgets } from "../widgets/index.ts";

/** A Flow whose widgets have these names. */
export interface TypedFlow<Name extends string> {
  readonly $schema?: string;
  readonly description?: string;
  readonly initial_state: NoInfer<Name>;
  readonly flags?: { readonly allow_concurrent_calls: boolean };
  readonly states: TypedStates<Name>;
}

export type TypedStates<Name extends string, Exit extends string = never> = {
  readonly [Each in Name]: TypedState<NoInfer<Name | Exit>>;
};

/** A widget, in a Flow whose widgets have these names. */
export type TypedState<Name extends string> =
  | {
      [Type in WidgetType]: PropertiesHeld<Type> & {
        readonly type: Type;
        readonly transitions: readonly TypedTransition<(typeof widgets)[Type]["events"][number], Name>[];
      };
    }[WidgetType]
  | OtherState<Name>;

/** Only the Trigger may go without properties. */
type PropertiesHeld<Type extends WidgetType> = Type extends "trigger"
  ? { readonly properties?: PropertiesOf<Type> }
  : { readonly properties: PropertiesOf<Type> };

type SchemaOf<Type extends WidgetType> = (typeof widgets)[Type]["properties"];

type PropertiesOf<Type extends WidgetType> = Placed &
  (SchemaOf<Type> extends { readonly oneOf?: infer Only extends string }
    ? ExactlyOne<Written<z.input<SchemaOf<Type>>>, Only>
    : SchemaOf<Type> extends { readonly atMostOne?: infer Only extends string }
      ? AtMostOne<Written<z.input<SchemaOf<Type>>>, Only>
      : Written<z.input<SchemaOf<Type>>>);

/** Where it stands on the editor's canvas. */
interface Placed {
  readonly offset?: { readonly x: number; readonly y: number; readonly [more: string]: unknown };
}

/** What the schema names, as it stands in JSON: there is no `undefined`. */
type Written<Properties> = {
  readonly [Key in keyof Properties as string extends Key ? never : Key]: List<
    Exclude<Properties[Key], undefined>
  >;
};
type List<Value> = Value extends readonly (infer Item)[] ? readonly Item[] : Value;

type ExactlyOne<Properties, Only extends string> = {
  [Key in Only & keyof Properties]: Omit<Properties, Only> & {
    readonly [Each in Key]-?: Properties[Each];
  } & { readonly [Each in Exclude<Only, Key>]?: never };
}[Only & keyof Properties];

type AtMostOne<Properties, Only extends string> =
  ExactlyOne<Properties, Only> | (Omit<Properties, Only> & { readonly [Each in Only]?: never });

/** Studio's editor writes no `next` for an end, its API also takes null and an empty text. */
type Next<Name extends string> = Name | "" | null;

/** A transition by one of a widget's events; a match says of what. */
export type TypedTransition<Event extends string, Name extends string> = Event extends "match"
  ? {
      readonly event: Event;
      readonly next?: Next<Name>;
      readonly conditions: readonly TypedCondition[];
    }
  : {
      readonly event: Event;
      readonly next?: Next<Name>;
      readonly conditions?: readonly TypedCondition[];
    };

export interface TypedCondition {
  readonly friendly_name: string;
  readonly arguments: readonly string[];
  readonly type: PredicateType;
  readonly value: string;
}

declare const ofAnyType: unique symbol;

/** A widget whose type says nothing here: of a type that there is no file of, or of a part put in its place. */
export interface OtherState<Name extends string> {
  /** No text that somebody writes, so that a wrong type of widget is told from one meant to be another. */
  readonly type: string & { readonly [ofAnyType]: true };
  readonly properties?: object;
  readonly transitions: readonly {
    readonly event: string;
    readonly next?: Next<Name>;
    readonly conditions?: readonly TypedCondition[];
  }[];
}
