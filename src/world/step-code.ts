/**
 * A trie of steps as a JavaScript function, for transitions that happen again and again: guards and assigns become direct calls that an
 * engine can inline, which walking the trie cannot offer it.
 */
import type { Evaluate } from '../handlers/load-module';
import { ACT, ASSIGN, END, GUARD, type Step } from './decision-trie';
import { View, type Context, type MachineEvent } from './machine-parts';

/** What each act of a machine does for one instance, by the number of the act; undefined where the trie must be walked instead. */
export type BoundActs = readonly ((payload: unknown) => void)[];

/** Carries out all it can and returns the step from which the trie must be walked on: mostly the END. */
export type StepCode = (context: Context, acts: BoundActs, payload: unknown) => Step;

/**
 * Writes the function for a trie. It knows the branches that the trie has now, and leaves everything else to the walker. Its view is new each
 * time: once an engine has inlined the guards and assigns, there is no view at all.
 */
export function writeStepCode(first: Step, { type, ...carried }: MachineEvent, evaluate: Evaluate): StepCode {
  const parts: unknown[] = [];
  const name = (part: unknown): string => `$${parts.push(part) - 1}`;
  const key = 'input' in carried ? 'input' : 'payload';
  const view = `new ${name(View)}(context,{type:${JSON.stringify(type)},${key}:payload})`;
  const code = `return(context,acts,payload)=>{const view=${view};${write(first)}}`;
  return evaluate(
    parts.map((_, index) => `$${index}`),
    code,
  )(...parts) as StepCode;

  function write(step: Step): string {
    const { next, otherwise } = step;
    switch (step.kind) {
      case GUARD:
        if (!next && !otherwise) break;
        return `if(${name(step.test)}(view)){${writeBranch(next, step)}}else{${writeBranch(otherwise, step)}}`;
      case ASSIGN: {
        const { only, run } = step.change!;
        const change = only ? `context[${JSON.stringify(only.key)}]=${name(only.compute)}(view);` : `${name(run)}(view);`;
        return change + write(next!);
      }
      case ACT:
        if (step.act!.run) break;
        return `acts[${step.index}](payload);${write(next!)}`;
      case END:
        break;
    }
    return `return ${name(step)}`;
  }

  /** A guard can be asked twice: it is a function of context and event alone. */
  function writeBranch(branch: Step | undefined, guard: Step): string {
    return branch ? write(branch) : `return ${name(guard)}`;
  }
}

/** Whether the trie consists of guards, then assigns, then the end: whoever meets a branch it does not have can begin again. */
export function isQuiet(step: Step | undefined, hasAssigned = false): boolean {
  switch (step?.kind) {
    case undefined:
    case END:
      return true;
    case GUARD:
      return !hasAssigned && isQuiet(step!.next) && isQuiet(step!.otherwise);
    case ASSIGN:
      return isQuiet(step!.next, true);
    default:
      return false;
  }
}
