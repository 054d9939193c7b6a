/** Listens to the live events of a house and keeps how long each hold took from detection. */
export interface HoldLatencies {
  stop(): Promise<{
    readonly holds: number;
    readonly p50: number | null;
    readonly p95: number | null;
    readonly p99: number | null;
  }>;
}

export function holdLatencies(page: string): HoldLatencies {
  const values: number[] = [];
  const abort = new AbortController();
  const reading = read(`${page}/api/live`, abort.signal, (line) => {
    const match = /^data:.*"kind":"hold".*"detectionToHoldMs":([0-9.]+)/.exec(line);
    if (match) values.push(Number(match[1]));
  });
  return {
    stop: async () => {
      abort.abort();
      await reading;
      const sorted = values.toSorted((a, b) => a - b);
      const at = (quantile: number) =>
        sorted[Math.min(sorted.length - 1, Math.ceil(quantile * sorted.length) - 1)] ?? null;
      return { holds: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
    },
  };
}

async function read(url: string, signal: AbortSignal, onLine: (line: string) => void): Promise<void> {
  try {
    const response = await fetch(url, { signal, headers: { accept: 'text/event-stream' } });
    let rest = '';
    for await (const chunk of response.body ?? []) {
      const lines = (rest + new TextDecoder().decode(chunk)).split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(onLine);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
