/** Thrown while an option is read, and caught by the door: what is wrong with the text, and where. */
export class QueryMistake extends Error {
  override readonly name = 'QueryMistake';
  /** From 0 into the option's text. */
  readonly position: number;

  constructor(position: number, reason: string) {
    super(reason);
    this.position = position;
  }
}
