/** A machine as plain data, for the statechart view. */
export interface Chart {
  readonly id: string;
  readonly states: readonly {
    readonly id: string;
    readonly parent: string | undefined;
    readonly kind: 'atomic' | 'compound' | 'parallel' | 'final' | 'history';
    readonly initial: boolean;
  }[];
  readonly transitions: readonly {
    readonly from: string;
    readonly to: string | undefined;
    readonly event: string;
    readonly guard: string | undefined;
    readonly actions: readonly string[];
  }[];
  /** `detail` of a stateChanged record is an index in this list: the ids of the active states. */
  readonly configurations: readonly (readonly string[])[];
}
