/** Reads SUMO's floating-car data as XML (`--fcd-output FILE.xml`). */
import { noteUnknown, type FcdSink } from './fcd-sink.ts';
import { readXml } from './xml-elements.ts';

/** @throws ReadingError where it cannot be read or is something else. */
export async function readFcdXml(file: string, sink: FcdSink, signal: AbortSignal): Promise<void> {
  let began: number | undefined;
  const lastLine = await readXml(
    file,
    ['fcd-export'],
    {
      open(name, attributes, line) {
        switch (name) {
          case 'timestep':
            began = line;
            sink.timestep(attributes['time'], line);
            break;
          case 'vehicle':
          case 'person':
            noteUnknown(sink, name, Object.keys(attributes), line);
            sink.row(name, attributes, line);
            break;
          case 'container':
            break;
          default:
            sink.note(line, `<${name}>`, `<${name.slice(0, 40)}> is not known here: it is left out`);
        }
      },
      close(name) {
        if (name !== 'timestep') return;
        sink.endOfTimestep();
        began = undefined;
      },
      fault: sink.fault,
    },
    signal,
  );
  if (began !== undefined) sink.abandon(lastLine);
}
