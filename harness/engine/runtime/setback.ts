/** Why one source of a runtime did not work. The message is a sentence about it, the remedy a command or an advice. */
export class Setback extends Error {
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.name = 'Setback';
    this.remedy = remedy;
  }
}
