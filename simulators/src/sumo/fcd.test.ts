import { describe, expect, it } from 'vitest';
import { ReadingError } from '../recordings/reading-error.ts';
import { listed, NETWORK, recorded } from './testing.ts';

const vehicle = (more = ''): string =>
  `<vehicle id="car.1" x="90.00" y="48.40" angle="90.00" type="kind" speed="5.00" pos="90.00" lane="west-in_1" slope="0.00"${more}/>`;
const PERSON =
  '<person id="p.1" x="100.50" y="53.00" angle="180.00" speed="1.20" pos="0.20" edge=":m_c0" slope="0.00"/>';
const step = (time: string, ...rows: readonly string[]): string =>
  `<timestep time="${time}">\n${rows.join('\n')}\n</timestep>`;
const fcd = (...steps: readonly string[]): string => `<fcd-export>\n${steps.join('\n')}\n</fcd-export>\n`;
const run = (...steps: readonly string[]) => recorded({ 'run.fcd.xml': fcd(...steps) });

describe('floating-car data', () => {
  it('becomes frames in metres from the crossing, headings counter-clockwise from east, places of centres', async () => {
    const { frames, rejects } = await run(step('0.00'), step('0.10', vehicle(), PERSON));
    const [, { timeMs, objects } = { timeMs: 0, objects: [] }] = frames;
    expect(rejects.count).toBe(0);
    expect(timeMs - (frames[0]?.timeMs ?? 0)).toBe(100);
    expect(frames[0]?.objects).toEqual([]);
    const [car, person] = objects;
    expect(car).toMatchObject({
      track: 'car.1',
      kind: 'car',
      speedMps: 5,
      lengthMetres: 4,
      widthMetres: 1.7,
    });
    expect(car?.xMetres).toBeCloseTo(-12);
    expect(car?.yMetres).toBeCloseTo(-1.6);
    expect(car?.headingRadians).toBeCloseTo(0);
    expect(person).toMatchObject({ track: 'p.1', kind: 'pedestrian', speedMps: 1.2 });
    expect(person?.xMetres).toBeCloseTo(0.5);
    expect(person?.yMetres).toBeCloseTo(3);
    expect(person?.headingRadians).toBeCloseTo(-Math.PI / 2);
  });

  it('is the same as XML and as CSV', async () => {
    const xml = await run(step('0.00'), step('0.10', vehicle(), PERSON), step('0.20', vehicle()));
    const csv = await recorded({
      'run.fcd.csv': [
        'timestep_time;vehicle_angle;vehicle_id;vehicle_lane;vehicle_pos;vehicle_slope;vehicle_speed;vehicle_type;vehicle_x;vehicle_y;person_angle;person_edge;person_id;person_pos;person_slope;person_speed;person_x;person_y',
        '0.00;;;;;;;;;;;;;;;;;',
        '0.10;90.00;car.1;west-in_1;90.00;0.00;5.00;kind;90.00;48.40;;;;;;;;',
        '0.10;;;;;;;;;;180.00;:m_c0;p.1;0.20;0.00;1.20;100.50;53.00',
        '0.20;90.00;car.1;west-in_1;90.00;0.00;5.00;kind;90.00;48.40;;;;;;;;',
        '',
      ].join('\n'),
    });
    expect(csv.rejects.count).toBe(0);
    expect(csv.frames).toEqual(xml.frames);
    expect(csv.contentHash).toBe(xml.contentHash);
    expect(csv.onCrossing).toEqual(xml.onCrossing);
  });

  it('leaves out who is far off, who rides, and what does not use roads', async () => {
    const { frames, rejects } = await run(
      step('0.00', vehicle(), PERSON.replace('x="100.50" y="53.00"', 'x="90.00" y="48.40"')),
      step('0.10', vehicle().replace('x="90.00"', 'x="9000.00"'), PERSON),
      step('0.20', vehicle().replace('type="kind"', 'type="line-1"'), vehicle().replace('car.1', 'car.2')),
    );
    expect(frames.map(({ objects }) => objects.map(({ track }) => track))).toEqual([
      ['car.1'],
      ['p.1'],
      ['car.2'],
    ]);
    expect(rejects.rows.map(({ reason }) => reason)).toEqual([
      'type "line-1" is of no class that uses roads: its vehicles are left out',
    ]);
  });

  it('keeps ids that the contract does not allow apart', async () => {
    const { frames } = await run(
      step(
        '0.00',
        vehicle().replace('car.1', 'a:1'),
        vehicle().replace('car.1', 'a_1'),
        vehicle().replace('car.1', 'a#1'),
      ),
    );
    const tracks = frames[0]?.objects.map(({ track }) => track) ?? [];
    expect(new Set(tracks).size).toBe(3);
    for (const track of tracks) expect(track).toMatch(/^[A-Za-z0-9_.-]{1,40}$/);
  });
});

describe('faults of floating-car data are told by file and line, and the rest is read', () => {
  const faultsOf = async (...steps: readonly string[]) => {
    const { frames, rejects } = await run(...steps);
    return { seen: frames.map(({ objects }) => objects.length), rows: rejects.rows };
  };
  const at = (line: number, reason: string) => ({ file: 'run.fcd.xml', line, reason });

  it('a number that is none', async () => {
    expect(await faultsOf(step('0.00', vehicle().replace('x="90.00"', 'x="NaN"'), PERSON))).toEqual({
      seen: [1],
      rows: [at(3, 'vehicle "car.1": x "NaN" is no number within ±100000000')],
    });
  });

  it('an attribute nobody knows, once, and the vehicle is kept', async () => {
    expect(
      await faultsOf(step('0.00', vehicle(' mood="bad"')), step('0.10', vehicle(' mood="bad"'))),
    ).toEqual({
      seen: [1, 1],
      rows: [at(3, '"mood" is no attribute of a vehicle that is known here: it is left out from here on')],
    });
  });

  it('a type that is in no route file, once, and the vehicle is taken for a passenger car', async () => {
    const other = vehicle().replace('type="kind"', 'type="other"');
    expect(await faultsOf(step('0.00', other), step('0.10', other))).toEqual({
      seen: [1, 1],
      rows: [at(3, 'type "other" is in no route file: taken for a passenger car of 5 m by 1.8 m')],
    });
  });

  it('a timestep without a time, one that goes back, one that is missing, and a vehicle outside of any', async () => {
    const faults = await faultsOf(
      step('0.00', vehicle()),
      step('0.10', vehicle()),
      '<timestep>\n<vehicle id="x"/>\n</timestep>',
      step('0.10', vehicle()),
      step('0.50', vehicle()),
      vehicle(),
    );
    expect(faults).toEqual({
      seen: [1, 1, 1],
      rows: [
        at(8, 'a timestep has no time: the timestep is left out'),
        at(11, 'time 0.1 s does not come after 0.1 s: the timestep is left out'),
        at(14, 'timesteps are missing between 0.1 s and 0.5 s'),
        at(17, 'a vehicle stands outside of any timestep'),
      ],
    });
  });

  it('the same vehicle twice in a timestep', async () => {
    expect(await faultsOf(step('0.00', vehicle(), vehicle()))).toEqual({
      seen: [1],
      rows: [at(4, 'vehicle/car.1 stands twice in one timestep')],
    });
  });

  it('a file that breaks off: the timestep amid which it does is left out', async () => {
    const whole = fcd(step('0.00', vehicle()), step('0.10', vehicle(), PERSON));
    const { frames, rejects } = await recorded({
      'run.fcd.xml': whole.slice(0, whole.indexOf('<person') + 20),
    });
    expect(frames.map(({ objects }) => objects.length)).toEqual([1]);
    expect(rejects.rows.at(-1)).toEqual(
      at(7, 'the file ends amid the timestep that begins on line 5: it is left out'),
    );
    expect(rejects.rows[0]?.reason).toMatch(/^is not XML: unclosed tag/);
  });

  it('what is not well-formed', async () => {
    const { seen, rows } = await faultsOf(
      step('0.00', vehicle(), '<vehicle id=3 &bad; />', PERSON),
      step('0.10', vehicle()),
    );
    expect(seen).toEqual([2, 1]);
    expect(rows[0]).toEqual(at(4, expect.stringMatching(/^is not XML: /) as string));
    for (const { line } of rows) expect([4, 5, 6]).toContain(line);
  });

  it('a CSV row with too few fields, and one whose speed is no number', async () => {
    const { frames, rejects } = await recorded({
      'run.fcd.csv': [
        'timestep_time;vehicle_id;vehicle_x;vehicle_y;vehicle_angle;vehicle_type;vehicle_speed',
        '0.00;car.1;90;48.4;90;kind;5',
        '0.10;car.1;90',
        '0.20;car.1;90;48.4;90;kind;fast',
        '0.30;car.1;90;48.4;90;kind;5',
        '',
      ].join('\n'),
    });
    expect(frames.map(({ objects }) => objects.length)).toEqual([1, 0, 1]);
    expect(rejects.rows.map(({ file, line, reason }) => `${file}:${line}: ${reason}`)).toEqual([
      'run.fcd.csv:3: has 3 fields where the header has 7',
      'run.fcd.csv:4: vehicle "car.1": speed "fast" is no number within ±100',
    ]);
  });
});

describe('a folder that is none of SUMO', () => {
  const emptyRun = { 'a.fcd.xml': fcd(step('0.00')) };

  it('says all that is missing at once', async () => {
    const listing = await listed({ 'readme.txt': 'hello' });
    expect(listing).toMatchObject({ kind: 'faults' });
    expect(listing.kind === 'faults' && listing.faults.map((fault) => fault.replace(/^.*: /, ''))).toEqual([
      'holds 0 files *.net.xml where it must hold one',
      'holds no floating-car data (*.fcd.xml or *.fcd.csv)',
    ]);
  });

  it('says what the network lacks', async () => {
    const without = NETWORK.replaceAll('function="crossing"', 'function="walkingarea"');
    const listing = await listed({ 'a.net.xml': without, ...emptyRun });
    expect(listing.kind === 'faults' && listing.faults.join()).toContain(
      'has no crossing over lanes that vehicles use',
    );
  });

  it('says that a file is something else, or empty', async () => {
    const other = await listed({ 'a.net.xml': '<routes/>', ...emptyRun });
    expect(other.kind === 'faults' && other.faults.join()).toMatch(
      /a\.net\.xml:1: begins with <routes>; expected <net>/,
    );
    await expect(recorded({ 'run.fcd.xml': '' })).rejects.toThrow(/run\.fcd\.xml:1: holds no XML element/);
    await expect(recorded({ 'run.fcd.csv': 'id,x,y\n' })).rejects.toThrow(
      /run\.fcd\.csv:1: the header lacks timestep_time/,
    );
  });

  it('says that nobody comes near, and the first fault', async () => {
    const nobody = recorded({ 'run.fcd.xml': fcd(step('0:00:01', vehicle())) });
    await expect(nobody).rejects.toThrow(ReadingError);
    await expect(nobody).rejects.toThrow(/run\.fcd\.xml:2: time "0:00:01" is no number of seconds from 0/);
  });
});
