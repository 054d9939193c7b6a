/** The wake-up between record and ledger. A lost or doubled wake-up is harmless: what is due stands in Postgres. */
export interface JobQueue {
  /** Says "look now". Resolves once the queue has it; a queue that is down rejects, and the sweeper finds the work. */
  wake(): Promise<void>;
  /** Calls `look` for each wake-up (wake-ups that come while it runs may be folded into one). */
  work(look: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}
