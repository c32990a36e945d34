import type { Context } from './context.ts';

/** A rule by what people read of it. */
export interface RuleFacts {
  /** Names it in `replay --without` and `replay --explain`. */
  readonly name: string;
  /** One line that begins with a verb. */
  readonly does: string;
}

/** One rule of a stage: takes the stage's state and gives it back, changed or as it was. */
export interface Rule<State, Subject> extends RuleFacts {
  apply(state: State, subject: Subject): State;
}

/** Writes a rule as one line of a table. */
export function rule<State, Subject>(
  name: string,
  does: string,
  apply: (state: State, subject: Subject) => State,
): Rule<State, Subject> {
  return { name, does, apply };
}

interface Stage<State, Subject> {
  readonly detector: string;
  readonly name: string;
  readonly rules: readonly Rule<State, Subject>[];
  /** The state in words, asked for only by a trace. */
  readonly words: (state: State, subject: Subject) => readonly string[];
}

/**
 * Applies the rules of a stage in their order, except those that the context leaves out.
 * @param state where the stage begins: what holds without any of its rules
 */
export function runStage<State, Subject>(
  stage: Stage<State, Subject>,
  state: State,
  subject: Subject,
  { without, trace }: Context,
): State {
  if (trace !== undefined) return traceStage(stage, state, subject, { without, trace });
  let current = state;
  for (const { name, apply } of stage.rules) {
    if (!without?.has(name)) current = apply(current, subject);
  }
  return current;
}

function traceStage<State, Subject>(
  { detector, name: stage, rules, words }: Stage<State, Subject>,
  state: State,
  subject: Subject,
  { without, trace }: Pick<Required<Context>, 'trace'> & Pick<Context, 'without'>,
): State {
  let current = state;
  for (const { name, apply } of rules) {
    if (without?.has(name)) {
      trace.step({ detector, stage, rule: name, words: 'left out' });
      continue;
    }
    const before = words(current, subject);
    current = apply(current, subject);
    const changed = words(current, subject).filter((one) => !before.includes(one));
    trace.step({ detector, stage, rule: name, words: changed.join(', ') });
  }
  return current;
}
