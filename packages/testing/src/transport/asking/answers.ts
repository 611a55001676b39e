/**
 * How far a transport was proved.
 * - basic: what every transport has to do.
 * - guarantees: what the definition declares.
 * - troubles: what has to happen when something goes wrong at the far side.
 * - crash: what is left when the process is killed.
 */
export type Level = 'basic' | 'guarantees' | 'troubles' | 'crash';

/** From the first to the last. */
export const levels: readonly Level[] = ['basic', 'guarantees', 'troubles', 'crash'];

export interface Question {
  /** The titles of its groups and the fact, in one line. */
  readonly question: string;
  readonly level: Level;
}

export interface AskedQuestion extends Question {
  /** `not-run`: whoever ran the suite has chosen other questions. */
  readonly outcome: 'passed' | 'failed' | 'not-run';
}

export interface LeftOutQuestion extends Question {
  readonly because: string;
}

/** What was asked, what was answered, and what was left out. */
export class Answers {
  readonly #noted: Noted[] = [];
  readonly leftOut: LeftOutQuestion[] = [];

  get asked(): readonly AskedQuestion[] {
    return this.#noted.map(({ question, outcome }) => ({ ...question, outcome }));
  }

  expect(question: Question): Noted {
    const noted = new Noted(question);
    this.#noted.push(noted);
    return noted;
  }

  leaveOut(question: Question, because: string): void {
    this.leftOut.push({ ...question, because });
  }

  /** The last level of which something was asked and everything was passed, as of all before it. */
  get reached(): Level | undefined {
    let reached: Level | undefined;
    for (const level of levels) {
      const asked = this.asked.filter((one) => one.level === level);
      if (asked.length === 0 || asked.some(({ outcome }) => outcome !== 'passed')) break;
      reached = level;
    }
    return reached;
  }
}

/** A question on its way to an answer. */
class Noted {
  readonly question: Question;
  outcome: AskedQuestion['outcome'] = 'not-run';

  constructor(question: Question) {
    this.question = question;
  }

  /** Throws what `answer` throws. */
  async answeredBy(answer: () => Promise<void> | void): Promise<void> {
    // One whose time is over before it ends has not passed.
    this.outcome = 'failed';
    await answer();
    this.outcome = 'passed';
  }
}
