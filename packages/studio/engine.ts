/**
 * Runs a Flow. Pure: what an Execution wants done comes out as effects, and what came of them goes in as events. It
 * reads no clock, draws no lots and performs nothing, so a run can be replayed, tested and timed.
 */
import { StudioError } from "./errors.ts";
import { begin, destination, stateNamed, withValue, withWidget } from "./execution.ts";
import { likelyMeant } from "./likely-type.ts";
import { renderLiquid } from "./liquid.ts";
import { propertyProblems } from "./properties.ts";
import { readDefinition } from "./read-definition.ts";
import { contextAfter, contextWithin, variablesOf, type FindSubflow } from "./subflow.ts";
import { defaultStudioSwitches, type StudioSwitches } from "./switches.ts";
import type {
  Caller,
  ConditionTrace,
  Context,
  Effect,
  EngineEvent,
  Execution,
  FlowDefinition,
  State,
  StepTrace,
  TemplateTrace,
  Turn,
} from "./types.ts";
import type { Outcome, Run, SubflowCall, Widget } from "./widget.ts";
import { isObject } from "./json.ts";
import { limits } from "./limits.ts";
import { sizeOf } from "./size.ts";
import { widgetOfType, widgets } from "./widgets/index.ts";

export interface EngineOptions {
  /** Milliseconds since 1970: what `"now"` means in Liquid. */
  readonly now: number;
  readonly switches?: Partial<StudioSwitches>;
  /** Finds the Flows that Run Subflow names; without it there are none. */
  readonly subflows?: FindSubflow;
  /** The SID that the host gives a step, by its number: what a subflow finds as `trigger.parent.step_sid`. */
  readonly stepSid?: (number: number) => string;
}

/**
 * Moves an Execution on by one event, until it waits or ends. An event that the current widget does not take is
 * dropped with warning 81002; a result that nobody waits for (any more) changes nothing.
 *
 * @param definition read as `readDefinition` reads it: nobody need have checked it
 * @param execution null for `started`, otherwise what the last turn gave
 * @throws StudioError when the Flow leads to a widget that is missing or of a type that cannot be run, and when the
 *   first event is not `started`
 */
export function advance(
  definition: FlowDefinition,
  execution: Execution | null,
  event: EngineEvent,
  options: EngineOptions,
): Turn {
  const flow = readDefinition(definition);
  if (execution !== null) return new TurnUnderWay(flow, execution, options).resume(event);
  if (event.type !== "started") throw new StudioError("not-started", { event: event.type });
  return new TurnUnderWay(flow, begin(event.trigger, event.start), options).start();
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** One turn, while it is under way. */
class TurnUnderWay {
  readonly #definition: FlowDefinition;
  readonly #execution: Mutable<Execution>;
  readonly #options: EngineOptions;
  readonly #switches: StudioSwitches;
  readonly #effects: Effect[] = [];
  readonly #trace: (StepTrace & { continued: boolean })[] = [];
  /** The step under way, while it is. */
  #templates: TemplateTrace[] = [];
  #conditions: ConditionTrace[] = [];
  #continued = false;
  /** Characters of the contexts that the steps of this turn left. */
  #written = 0;

  constructor(definition: FlowDefinition, execution: Execution, options: EngineOptions) {
    this.#definition = definition;
    this.#execution = { ...execution };
    this.#options = options;
    this.#switches = { ...defaultStudioSwitches, ...options.switches };
  }

  start(): Turn {
    this.#run({ name: this.#definition.initial_state, event: this.#execution.trigger, from: "" });
    return this.#turn();
  }

  resume(event: EngineEvent): Turn {
    const execution = this.#execution;
    if (execution.status === "ended") return this.#turn();
    if (event.type === "stopped") {
      this.#end("stopped");
      return this.#turn();
    }
    const { waiting, step } = execution;
    if ("id" in event && !isOfStep(event, execution)) return this.#turn();
    const definition = this.#running();
    // The subflow's revision was deleted while it ran.
    if (definition === undefined) return this.#abandon();
    const state = stateNamed(definition, execution.state);
    const isReplyNobodyAwaits = event.type === "replied" && waiting?.type !== "waitForReply";
    if (state === undefined || step === null || isReplyNobodyAwaits) return this.#unexpected(event);

    const before = execution.context;
    this.#templates = [...step.templates];
    this.#conditions = [...step.conditions];
    this.#continued = true;
    const widget = widgetOf(state);
    const outcome = widget.resume?.(this.#runOf(state), event) ?? null;
    if (outcome === null) return this.#unexpected(event);
    const { event: entered, from } = step;
    this.#run(this.#apply({ state, number: execution.steps, before, event: entered, from }, outcome));
    return this.#turn();
  }

  /** Runs widgets until one waits or the Flow ends. */
  #run(entry: Entry | null): void {
    for (let next = entry; next !== null;) {
      const state = stateNamed(this.#running() ?? this.#definition, next.name);
      if (state === undefined) {
        throw new StudioError("no-such-widget", { from: next.from, widget: next.name });
      }
      if (!this.#count(state.name)) return;
      const { steps: number, context: before } = this.#execution;
      const step: Step = { state, number, before, event: next.event, from: next.from };
      this.#execution.state = state.name;
      this.#execution.gathered = {};
      this.#templates = [];
      this.#conditions = [];
      this.#continued = false;
      next = this.#apply(step, widgetOf(state).enter(this.#runOf(state)));
    }
  }

  /** Counts a step; false when a limit ends the Execution instead. */
  #count(name: string): boolean {
    const execution = this.#execution;
    const { steps, repeats: mostRepeats } = limits.execution;
    if (execution.steps >= steps) {
      this.#warn(81000, name, `The Execution ends after ${steps} steps`);
      this.#end("stepLimit");
      return false;
    }
    const repeats = execution.state === name ? execution.repeats + 1 : 1;
    if (repeats > mostRepeats) {
      this.#warn(81001, name, `The widget ${name} has run ${mostRepeats} times in a row`);
      this.#end("loopLimit");
      return false;
    }
    execution.repeats = repeats;
    execution.steps += 1;
    return true;
  }

  /** Does what a widget wants: waits for an effect, or leaves. Answers where to go on. */
  #apply(step: Step, outcome: Outcome): Entry | null {
    const execution = this.#execution;
    const { state } = step;
    if ("subflow" in outcome) return this.#call(step, outcome.subflow);
    if ("request" in outcome) {
      if (outcome.gathered !== undefined) execution.gathered = outcome.gathered;
      const request = outcome.request;
      const id = request.type === "waitForReply" ? `${execution.steps}.reply` : String(execution.steps);
      this.#effects.push({ ...request, id, state: state.name });
      execution.waiting = { effect: id, type: request.type };
      const { event, from } = step;
      execution.step = { event, from, templates: this.#templates, conditions: this.#conditions };
      this.#record(step);
      return null;
    }
    execution.waiting = null;
    const hasGathered = Object.keys(execution.gathered).length > 0;
    const variables = outcome.variables ?? (hasGathered ? execution.gathered : undefined);
    // A step's variables appear when it ends (Step resource).
    if (variables !== undefined) {
      execution.context = withWidget(execution.context, state.name, variables);
    }
    execution.gathered = {};
    const transition = outcome.transition ?? state.transitions.find(({ event }) => event === outcome.leave);
    if (transition === undefined && state.type === "split-based-on") {
      this.#warn(81005, state.name, `No transition of ${state.name} matches`);
    }
    const to = destination(transition);
    const taken = transition === undefined ? {} : { transition: state.transitions.indexOf(transition) };
    this.#record(step, { event: outcome.leave, to, ...taken });
    execution.step = null;
    if (this.#isTooLarge(state.name)) return null;
    if (to === null) {
      if (execution.caller !== undefined) return this.#giveBack(execution.caller, "completed");
      this.#end("completed");
      return null;
    }
    return { name: to, event: outcome.leave, from: state.name };
  }

  /** Whether what widgets have left is more than an Execution may hold; then it ends. Twilio names no limit of its own. */
  #isTooLarge(name: string): boolean {
    const { flow, widgets: left } = this.#execution.context;
    const size = sizeOf(flow.variables ?? {}) + sizeOf(left);
    this.#written += size;
    const { context, turn } = limits.execution;
    if (size <= context && this.#written <= turn) return false;
    const what =
      size > context
        ? `its context has more than ${context} characters`
        : `the contexts of its steps have more than ${turn} characters without a wait between them`;
    this.#warn(81000, name, `The Execution ends in ${name}: ${what}`);
    this.#end("contextLimit");
    return true;
  }

  /** What runs: the Flow, or while its subflow runs that one. Undefined when the subflow is gone. */
  #running(): FlowDefinition | undefined {
    const { caller } = this.#execution;
    if (caller === undefined) return this.#definition;
    const subflow = this.#options.subflows?.(caller.subflow.flowSid, caller.subflow.revision);
    return subflow === undefined ? undefined : readDefinition(subflow.definition);
  }

  /** Goes on in a subflow, where one can be run: it is there, and no subflow itself calls it. */
  #call(step: Step, call: SubflowCall): Entry | null {
    const execution = this.#execution;
    const { state, number, event, from } = step;
    const isNested = execution.caller !== undefined;
    const subflow = isNested ? undefined : this.#options.subflows?.(call.flowSid, call.revision);
    if (subflow === undefined) {
      const why = isNested
        ? "a subflow runs no further Flow"
        : `there is no ${call.revision} of ${call.flowSid}`;
      this.#warn(81024, state.name, `${state.name} cannot run its subflow: ${why}`);
      return this.#apply(step, { leave: "failed", variables: {} });
    }
    this.#record(step);
    execution.caller = {
      subflow: { flowSid: call.flowSid, revision: subflow.revision },
      state: state.name,
      number,
      context: execution.context,
      step: { event, from, templates: this.#templates, conditions: this.#conditions },
      repeats: execution.repeats,
    };
    execution.context = contextWithin(execution, call, this.#options.stepSid?.(number) ?? "");
    execution.state = "";
    execution.repeats = 0;
    const { initial_state: name } = readDefinition(subflow.definition);
    return { name, event: "incomingParent", from: "" };
  }

  /** The subflow is over: its caller goes on. */
  #giveBack(caller: Caller, leave: "completed" | "failed"): Entry | null {
    const execution = this.#execution;
    const state = stateNamed(this.#definition, caller.state);
    if (state === undefined) {
      throw new StudioError("no-such-widget", { from: "a subflow", widget: caller.state });
    }
    const variables = leave === "completed" ? variablesOf(execution.context, this.#switches) : {};
    execution.context = contextAfter(caller, execution.context);
    execution.state = caller.state;
    execution.repeats = caller.repeats;
    delete execution.caller;
    const { event, from, templates, conditions } = caller.step;
    this.#templates = [...templates];
    this.#conditions = [...conditions];
    this.#continued = true;
    const { number, context: before } = caller;
    return this.#apply({ state, number, before, event, from }, { leave, variables });
  }

  #abandon(): Turn {
    const { caller, state } = this.#execution;
    if (caller === undefined) return this.#turn();
    this.#warn(81024, state, `The subflow ${caller.subflow.flowSid} is gone while it runs`);
    this.#run(this.#giveBack(caller, "failed"));
    return this.#turn();
  }

  #record({ state, number, event, from, before }: Step, left?: StepTrace["left"]): void {
    const { caller } = this.#execution;
    this.#trace.push({
      number,
      ...(caller === undefined ? {} : { parent: caller.number }),
      state: state.name,
      type: state.type,
      event,
      from,
      ...(left === undefined ? {} : { left }),
      before,
      after: this.#execution.context,
      templates: this.#templates,
      conditions: this.#conditions,
      continued: this.#continued,
    });
  }

  #end(by: NonNullable<Execution["endedBy"]>): void {
    const execution = this.#execution;
    execution.status = "ended";
    execution.endedBy = by;
    execution.waiting = null;
    execution.step = null;
    this.#effects.push({ type: "ended", by });
  }

  #unexpected(event: EngineEvent): Turn {
    const { state } = this.#execution;
    this.#warn(81002, state, `The widget ${state} does not take ${event.type}; it is ignored`);
    return this.#turn();
  }

  #warn(code: number, state: string, message: string): void {
    this.#effects.push({ type: "warn", code, state, message });
  }

  #turn(): Turn {
    return { execution: this.#execution, effects: this.#effects, trace: this.#trace };
  }

  #runOf(state: State): Run {
    const execution = this.#execution;
    const previous = execution.context.widgets[state.name];
    const render = (property: string, template: string) => {
      const { result, error } = renderLiquid(template, this.#execution.context, this.#options.now);
      if (error === undefined) {
        this.#templates.push({ property, template, result });
        return result;
      }
      this.#warn(81018, state.name, `${property} of ${state.name} cannot be rendered: ${error}`);
      const stand = this.#switches.failingTemplate === "literal" ? template : result;
      this.#templates.push({ property, template, result: stand, error });
      return stand;
    };
    return {
      state,
      properties: state.properties,
      execution,
      switches: this.#switches,
      gathered: execution.gathered,
      previous: isObject(previous) ? previous : {},
      render,
      text: (property) => {
        const template = state.properties[property];
        return typeof template === "string" ? render(property, template) : "";
      },
      warn: (code, message) => this.#warn(code, state.name, message),
      tried: (condition) => this.#conditions.push(condition),
      set: ([root, ...path], value) => {
        execution.context = { ...execution.context, [root]: withValue(execution.context[root], path, value) };
      },
    };
  }
}

/** The step under way. */
interface Step {
  readonly state: State;
  readonly number: number;
  readonly before: Context;
  readonly event: string;
  readonly from: string;
}

/** A widget to enter, the event that leads there and the widget it comes from. */
interface Entry {
  readonly name: string;
  readonly event: string;
  readonly from: string;
}

/** Whether a result belongs to what is awaited, or is the late word that a message was not delivered. */
function isOfStep(event: EngineEvent & { id: string }, { waiting, steps }: Execution): boolean {
  if (event.id === waiting?.effect) return true;
  return event.type === "messageFailed" && waiting?.type === "waitForReply" && event.id === String(steps);
}

/** States whose properties have been found right. */
const sound = new WeakSet<State>();

function widgetOf(state: State): Widget {
  const { name, type, properties } = state;
  const widget = widgetOfType(type);
  if (widget === undefined) {
    const { words } = likelyMeant(type);
    const known = Object.keys(widgets).join(", ");
    throw new StudioError("unknown-widget", { widget: name, type, known, likely: words && `; ${words}` });
  }
  if (!sound.has(state)) {
    const [problem] = type === "trigger" ? [] : propertyProblems(widget.properties, properties);
    if (problem !== undefined) {
      const property = problem.path.join(".");
      throw new StudioError("invalid-properties", { widget: name, property, problem: problem.message });
    }
    sound.add(state);
  }
  return widget;
}
